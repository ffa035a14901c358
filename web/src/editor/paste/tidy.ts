// What other programs put on the clipboard as elements that the editor knows. Styles come as `data-style`; see `clipboard.ts`.

import { noteOf } from "../../markdown/reference";
import { tidyCode } from "./code";
import { tidyLists } from "./lists";
import { tidyTables } from "./tables";

export function tidy(root: HTMLElement): void {
  for (const node of root.querySelectorAll<HTMLElement>("[data-style]")) {
    const says = sayings(styleOf(node));
    if (says) node.dataset["says"] = says;
  }
  tidyCode(root);
  tidyLists(root);
  tidyTables(root);
  tidyLinks(root);
  tidyImages(root);
}

export function styleOf(node: Element): string {
  return (node as HTMLElement).dataset["style"] ?? "";
}

/** What a style says about the text itself. */
function sayings(style: string): string {
  return [
    /font-weight:\s*(?:bold|[6-9]00)/i.test(style) && "strong",
    /font-weight:\s*(?:normal|[1-5]00)/i.test(style) && "normal",
    /font-style:\s*italic/i.test(style) && "em",
    /text-decoration[^;:]*:[^;]*line-through/i.test(style) && "strike",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Links to notes of this page are references. */
function tidyLinks(root: HTMLElement): void {
  for (const link of root.querySelectorAll<HTMLElement>("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    const own = href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href;
    const id = noteOf(own);
    if (id) link.dataset["note"] = id;
  }
}

/** Images of other sites stay as they are written; those that only count readers do not. */
function tidyImages(root: HTMLElement): void {
  for (const image of root.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    const tiny = ["width", "height"].some((side) => Number(image.getAttribute(side) ?? 99) <= 2);
    if (!/^https?:\/\/[^\s<>()]+$/i.test(source) || tiny) continue;
    const piece = image.ownerDocument.createElement("span");
    piece.dataset["piece"] = "";
    piece.textContent = `![${(image.getAttribute("alt") ?? "").replace(/[\\[\]\s]+/g, " ").trim()}](${source})`;
    image.replaceWith(piece);
  }
}
