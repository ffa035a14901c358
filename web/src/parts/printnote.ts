// Prints the note that is open, and nothing else.
import { render, type TitleOf } from "../markdown/render";

const LOOKS = `
.printed { display: none; }
@media print {
  @page { margin: 18mm; }
  html, body { background: none !important; color: #000 !important; height: auto !important; overflow: visible !important; }
  body > :not(.printed) { display: none !important; }
  .printed { display: block; font: 11pt/1.5 var(--font, sans-serif); overflow-wrap: anywhere; }
  .printed > * + * { margin-top: 0.6em; }
  .printed h1 { font-size: 1.6em; }
  .printed :is(h3, h4, h5, h6) { font-size: 1.1em; break-after: avoid; }
  .printed :is(ul, ol) { padding: 0; }
  .printed li { margin-inline-start: 1.6em; }
  .printed :is(p, h1, h3, h4, h5, h6) { unicode-bidi: plaintext; }
  .printed li.task { list-style: none; }
  .printed li.task > input { float: inline-start; margin-inline-start: -1.6em; }
  .printed li > p, .printed blockquote, .printed pre { margin: 0; }
  .printed blockquote { padding-inline-start: 0.9em; border-inline-start: 2px solid #999; }
  .printed pre { white-space: pre-wrap; font: 0.85em/1.4 monospace; }
  .printed table { border-collapse: collapse; }
  .printed :is(th, td) { padding: 0.2em 0.5em; border: 1px solid #999; text-align: start; }
  .printed tr { break-inside: avoid; }
}`;

let sheet: CSSStyleSheet | undefined;

/** Prints a note in place of the page, as long as what it returns is not called. */
export function printing(note: () => { title: string; content: string } | undefined, titleOf: TitleOf): () => void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOKS);
  }
  let printed: HTMLElement | undefined;

  const before = (): void => {
    after();
    const shown = note();
    if (!shown) return;
    printed = document.createElement("article");
    printed.className = "printed";
    if (shown.title) {
      const heading = document.createElement("h1");
      heading.dir = "auto";
      heading.textContent = shown.title;
      printed.append(heading);
    }
    printed.append(render(shown.content, undefined, titleOf));
    document.body.append(printed);
    document.adoptedStyleSheets.push(sheet!);
  };
  const after = (): void => {
    printed?.remove();
    printed = undefined;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
    after();
  };
}
