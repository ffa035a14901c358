// Lists of other programs: nested as they are meant, and with checkboxes.

import { styleOf } from "./tidy";

export function tidyLists(root: HTMLElement): void {
  wordParagraphs(root);
  wordOnline(root);
  nest(root);
  for (const item of root.querySelectorAll<HTMLElement>("li")) tidyTask(item);
}

/** Builds nested lists of items and their levels. */
class Builder {
  readonly #open: { level: number; list: HTMLElement }[] = [];

  constructor(private readonly before: Element) {}

  add(item: HTMLElement, level: number, kind: "ul" | "ol", start = 1): void {
    while (this.#open.length && (this.#top?.level ?? 0) > level) this.#open.pop();
    const same = this.#top;
    if (same?.level === level && same.list.localName === kind) {
      same.list.append(item);
      return;
    }
    if (same?.level === level) this.#open.pop();
    const list = this.before.ownerDocument.createElement(kind);
    if (kind === "ol" && start > 1) list.setAttribute("start", `${start}`);
    const parent = this.#top?.list.lastElementChild;
    if (parent) parent.append(list);
    else this.before.before(list);
    list.append(item);
    this.#open.push({ level, list });
  }

  get #top() {
    return this.#open.at(-1);
  }
}

const MSO = /mso-list:\s*l\d+\s+level(\d+)/i;
const IGNORED = /mso-list:\s*ignore/i;

/** Word writes items as paragraphs that say their level, and their marks as text to be ignored. */
function wordParagraphs(root: HTMLElement): void {
  let builder: Builder | undefined;
  let last: Element | null = null;
  for (const paragraph of [...root.querySelectorAll<HTMLElement>("p")]) {
    const level = Number(MSO.exec(styleOf(paragraph))?.[1] ?? 0);
    if (!level) continue;
    const marks = [...paragraph.querySelectorAll("span")].filter((span) => IGNORED.test(styleOf(span)));
    const mark = (marks[0]?.textContent ?? "").replaceAll("\u00a0", " ").trim();
    const box = boxIn(mark, marks[0]);
    for (const one of marks) one.remove();
    const [, number] = /^\(?(\d{1,9}|[a-z]{1,5})[.)]/i.exec(mark) ?? [];
    const item = paragraph.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    if (box !== undefined) item.dataset["checked"] = String(box);
    if (!builder || paragraph.previousElementSibling !== last) {
      const place = paragraph.ownerDocument.createElement("span");
      paragraph.before(place);
      builder = new Builder(place);
      last = place;
    }
    builder.add(item, level, number ? "ol" : "ul", Number(number) || 1);
    paragraph.remove();
  }
}

/** In these fonts of Word, letters are drawings: boxes to tick, and ticked ones. */
const DRAWN: Record<string, { open: string; ticked: string }> = {
  wingdings: { open: "qor\u00a8", ticked: "x\u00fd\u00fe" },
  "wingdings 2": { open: "\u00a3*", ticked: "RSTU" },
};

/** Whether the mark of an item is a box that is ticked; nothing if it is no box. */
function boxIn(mark: string, drawn: Element | undefined): boolean | undefined {
  const [, open, ticked] = BOX.exec(mark) ?? [];
  if (open || ticked) return ticked !== undefined;
  for (let node: Element | null = drawn ?? null; mark.length === 1 && node; node = node.parentElement) {
    const [, font] = /font-family:\s*["']?([^"';,]+)/i.exec(styleOf(node)) ?? [];
    if (!font) continue;
    const letters = DRAWN[font.trim().toLowerCase()];
    return letters?.ticked.includes(mark) || (letters?.open.includes(mark) ? false : undefined);
  }
  return undefined;
}

/** Word in a browser writes every item as a list of its own. */
function wordOnline(root: HTMLElement): void {
  for (const end of root.querySelectorAll(".EOP")) end.remove();
  const isOne = (node: Element | null) => node?.classList.contains("ListContainerWrapper");
  for (const first of root.querySelectorAll<HTMLElement>(".ListContainerWrapper")) {
    if (!first.isConnected && !root.contains(first)) continue;
    if (isOne(first.previousElementSibling)) continue;
    const group: Element[] = [];
    for (let node: Element | null = first; node && isOne(node); node = node.nextElementSibling) group.push(node);
    const builder = new Builder(first);
    for (const wrapper of group) {
      for (const list of wrapper.querySelectorAll("ul, ol")) {
        for (const item of [...list.children] as HTMLElement[]) {
          const level = Number(item.dataset["ariaLevel"] ?? item.getAttribute("aria-level") ?? 1);
          builder.add(item, level, list.localName === "ol" ? "ol" : "ul", Number(list.getAttribute("start")) || 1);
        }
      }
    }
    for (const wrapper of group) wrapper.remove();
  }
}

/** A list directly in a list, as Google Docs has them, belongs to the item before it. */
function nest(root: HTMLElement): void {
  for (const list of root.querySelectorAll<HTMLElement>("ul > ul, ul > ol, ol > ul, ol > ol")) {
    let item = list.previousElementSibling;
    if (item?.localName !== "li") {
      item = list.ownerDocument.createElement("li");
      list.before(item);
    }
    item.append(list);
  }
}

const BOX = /^\s*(?:(☐|□|⬜)|(☑|☒|✅|✔|✓))\ufe0f?\s*/u;

/** Finds out whether an item is a task, and takes away what only shows that. */
function tidyTask(item: HTMLElement): void {
  if (item.dataset["checked"] !== undefined) {
    item.querySelector(":scope > input[type=checkbox]")?.remove();
    return;
  }
  const checked = boxOf(item);
  if (checked === undefined) return;
  item.dataset["checked"] = String(checked);
  // What is done is shown so by the page.
  if (!checked) return;
  for (const struck of item.querySelectorAll<HTMLElement>("[data-says~=strike]")) {
    if (struck.closest("li") === item) struck.dataset["says"] = struck.dataset["says"]?.replace("strike", "") ?? "";
  }
  for (const struck of [...item.querySelectorAll("s, del, strike")]) {
    if (struck.closest("li") === item) struck.replaceWith(...struck.childNodes);
  }
}

function boxOf(item: HTMLElement): boolean | undefined {
  const own = (selector: string) =>
    [...item.querySelectorAll<HTMLElement>(selector)].find((node) => node.closest("li") === item);
  const said = item.getAttribute("role") === "checkbox" ? item : own("[role=checkbox]");
  const image = own("img[aria-roledescription=checkbox]");
  const input = own("input[type=checkbox]") as HTMLInputElement | undefined;
  const drawn = own(".checkbox-on, .checkbox-off");
  const mark = firstText(item);
  const glyph = BOX.exec(mark?.nodeValue ?? "");
  const said_ = said?.getAttribute("aria-checked");
  image?.remove();
  input?.remove();
  drawn?.remove();
  if (said && said !== item && !said.textContent) said.remove();
  if (said_ !== undefined && said_ !== null) return said_ === "true";
  if (input) return input.hasAttribute("checked");
  if (drawn) return drawn.classList.contains("checkbox-on");
  if (!glyph || !mark) return undefined;
  mark.nodeValue = (mark.nodeValue ?? "").slice(glyph[0].length);
  return glyph[2] !== undefined;
}

function firstText(node: Node): Text | undefined {
  for (const child of node.childNodes) {
    if (child.nodeType === 3 && child.nodeValue?.trim()) return child as Text;
    const found = firstText(child);
    if (found) return found;
  }
  return undefined;
}
