// Markdown as elements. Made one by one, never from text as HTML, so that nothing in a note can become a script.

import { parse, type Block, type Item } from "./blocks";
import { inline, textOf, unescape, type Inline } from "./inline";
import { noteOf } from "./reference";

export type Toggle = (index: number, checked: boolean) => void;
/** Says the title of a note, if it is known. */
export type TitleOf = (id: string) => string | undefined;

/** Headings of a note stand below those of the page: two levels down. */
const OUTLINE = 2;
const SAFE = /^(?:https?:\/\/|mailto:)/i;
const BARE = /https?:\/\/[^\s<>"]+/gi;

/** The elements of a note. Its checkboxes are operable if there is somebody to tell. */
export function render(source: string, ontoggle?: Toggle, titleOf?: TitleOf): DocumentFragment {
  const { blocks, definitions } = parse(source);
  const outline: number[] = [];
  const fragment = document.createDocumentFragment();
  const nodes = many(blocks);
  // What is inside of an item or a quotation goes with it.
  for (const node of nodes) if (!/^(UL|OL|DIV|HR)$/.test(node.tagName)) directed(node);
  fragment.append(...nodes);
  return fragment;

  function many(nodes: Block[]): Element[] {
    return nodes.map(one).filter((node) => node !== null);
  }

  function one(block: Block): Element | null {
    switch (block.type) {
      case "paragraph":
        return element("p", ...line(block.text));
      case "heading":
        return heading(block.level, block.text);
      case "code":
        return element("pre", element("code", block.text.replace(/\n$/, "")));
      case "html":
        return block.text.startsWith("<!--") ? null : element("pre", block.text);
      case "rule":
        return element("hr");
      case "quote":
        return element("blockquote", ...many(block.children));
      case "table":
        return table(block);
      case "definition":
        return null;
      case "list": {
        const list = element(block.ordered ? "ol" : "ul", ...block.items.map(item));
        if (block.start !== 1) list.setAttribute("start", `${block.start}`);
        if (block.loose) list.className = "loose";
        return list;
      }
    }
  }

  /** No level of the outline is skipped, whatever levels the note uses; its looks are those of the level written. */
  function heading(level: number, text: string): Element {
    while ((outline.at(-1) ?? 0) >= level) outline.pop();
    outline.push(level);
    const node = element(`h${Math.min(OUTLINE + outline.length, 6)}`, ...line(text));
    node.className = `level-${level}`;
    return node;
  }

  function item({ task, children }: Item): Element {
    const content = many(children);
    const node = directed(element("li", ...content));
    if (!task) return node;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = task.checked;
    box.disabled = !ontoggle;
    box.dataset.task = `${task.index}`;
    const first = children[0];
    box.setAttribute(
      "aria-label",
      (first?.type === "paragraph" && textOf(inline(first.text, definitions))) || "Empty item",
    );
    box.addEventListener("change", () => ontoggle?.(task.index, box.checked));
    node.className = task.checked ? "task done" : "task";
    node.prepend(box);
    return node;
  }

  function table({ head, align, rows }: Block & { type: "table" }): Element {
    const row = (cells: string[], name: string) =>
      element(
        "tr",
        ...head.map((_, column) => {
          const cell = directed(element(name, ...line(cells[column] ?? "")));
          if (align[column]) cell.className = align[column];
          return cell;
        }),
      );
    const body = element("tbody", ...rows.map((cells) => row(cells, "td")));
    // It scrolls by itself when it is too wide.
    const frame = element("div", directed(element("table", element("thead", row(head, "th")), body)));
    frame.className = "table";
    return frame;
  }

  function line(text: string): (Node | string)[] {
    return inline(text, definitions).flatMap(span);
  }

  function span(node: Inline): (Node | string)[] {
    if (typeof node === "string") return bare(node);
    switch (node.type) {
      case "code":
        return [element("code", node.text)];
      // Who writes a line break in a note means one, whether Markdown calls it hard or soft.
      case "break":
        return [element("br")];
      case "html":
        return /^<br\s*\/?>$/i.test(node.text) ? [element("br")] : node.text.startsWith("<!--") ? [] : [node.text];
      case "image":
        return [link(node.href, [textOf(node.children) || node.href])];
      case "link":
        return [link(unescape(node.href), node.children.flatMap(inLink), node.title, titleOf)];
      default:
        return [element(node.type === "strike" ? "del" : node.type, ...node.children.flatMap(span))];
    }
  }

  /** Links do not nest. */
  function inLink(node: Inline): (Node | string)[] {
    return typeof node === "string" ? [node] : span(node);
  }
}

/** Text in which addresses of pages are links, though nobody marked them. */
function bare(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(BARE)) {
    if (/\w/.test(text.charAt(index - 1))) continue;
    const href = trimmed(found);
    parts.push(text.slice(from, index), link(href, [href]));
    from = index + href.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Punctuation behind an address is that of the sentence, and a parenthesis only belongs to it if it begins in it. */
function trimmed(href: string): string {
  let end = href.length;
  let open = href.split("(").length - href.split(")").length;
  for (; end > 0; end--) {
    const last = href.charAt(end - 1);
    if (last === ")" && open < 0) open++;
    else if (!/[.,:;!?'"*_~\]]/.test(last)) break;
  }
  return href.slice(0, end);
}

/** The page follows a link to another note, which has the title that the note has now. */
function link(href: string, children: (Node | string)[], title?: string, titleOf?: TitleOf): Node {
  const id = noteOf(href);
  if (!id && !SAFE.test(href)) return element("span", ...children);
  const known = id && titleOf?.(id);
  const node = element("a", ...(known ? [known] : children)) as HTMLAnchorElement;
  node.href = href;
  if (id) node.className = "note-link";
  else {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  if (title) node.title = title;
  return node;
}

function element(name: string, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}

/** An element whose own text decides on its direction. */
function directed<T extends Element>(node: T): T {
  node.setAttribute("dir", "auto");
  return node;
}

/** The lines at the beginning of a note that have about so many characters. */
export function beginning(source: string, limit: number): string {
  if (source.length <= limit) return source;
  const end = source.lastIndexOf("\n", limit);
  return source.slice(0, end > 0 ? end : limit);
}
