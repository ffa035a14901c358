// What a note can be made of while it is edited, and how that looks as elements.

import {
  Schema,
  type DOMOutputSpec,
  type MarkSpec,
  type Node,
  type NodeSpec,
  type TagParseRule,
} from "prosemirror-model";
import { noteAddress } from "../markdown/reference";

const nodes = {
  /** The title belongs to it, so that one history holds everything that is written. */
  doc: { content: "block+", attrs: { title: { default: "" } } },
  paragraph: {
    group: "block",
    content: "inline*",
    parseDOM: [{ tag: "p" }],
    toDOM: (): DOMOutputSpec => ["p", 0],
  },
  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node): DOMOutputSpec => [`h${node.attrs["level"]}`, 0],
  },
  quote: {
    group: "block",
    content: "block+",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: (): DOMOutputSpec => ["blockquote", { dir: "auto" }, 0],
  },
  code_block: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: { info: { default: "" } },
    parseDOM: [
      {
        tag: "pre",
        preserveWhitespace: "full",
        getAttrs: (dom) => ({ info: (dom as HTMLElement).dataset["info"] ?? "" }),
      },
    ],
    toDOM: ({ attrs: { info } }): DOMOutputSpec => [
      "pre",
      { dir: "auto", ...(info ? { "data-info": info } : {}) },
      ["code", { spellcheck: "false", ...(info ? { class: `language-${language(info)}` } : {}) }, 0],
    ],
  },
  /** What the editor has no better way to show, as it is written: HTML, definitions of links, tables with more cells than columns. */
  raw: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: { kind: { default: "html" } },
    parseDOM: [
      {
        tag: "pre[data-raw]",
        priority: 60,
        preserveWhitespace: "full",
        getAttrs: (dom) => ({ kind: (dom as HTMLElement).dataset["raw"] }),
      },
    ],
    toDOM: (node): DOMOutputSpec => ["pre", { "data-raw": node.attrs["kind"], spellcheck: "false" }, 0],
  },
  /** A table as GitHub has them: its first row is the head, and a cell is one line. */
  table: {
    group: "block",
    content: "row+",
    isolating: true,
    attrs: { align: { default: [] } },
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ align: alignOf(dom as HTMLElement) }) }],
    toDOM: (): DOMOutputSpec => ["div", { class: "table" }, ["table", { dir: "auto" }, ["tbody", 0]]],
  },
  row: {
    content: "cell+",
    parseDOM: [{ tag: "tr" }],
    toDOM: (): DOMOutputSpec => ["tr", 0],
  },
  cell: {
    content: "inline*",
    isolating: true,
    attrs: { head: { default: false }, align: { default: "" } },
    parseDOM: [{ tag: "th, td", getAttrs: (dom) => ({ head: (dom as HTMLElement).tagName === "TH" }) }],
    toDOM: ({ attrs: { head, align } }): DOMOutputSpec => [
      head ? "th" : "td",
      { dir: "auto", ...(head ? { scope: "col" } : {}), ...(align ? { class: align, "data-align": align } : {}) },
      0,
    ],
  },
  rule: {
    group: "block",
    parseDOM: [{ tag: "hr" }],
    toDOM: (): DOMOutputSpec => ["hr"],
  },
  bullet_list: {
    group: "block list",
    content: "item+",
    attrs: { marker: { default: "-" }, loose: { default: false } },
    parseDOM: [{ tag: "ul" }],
    toDOM: (node): DOMOutputSpec => ["ul", looks(node), 0],
  },
  ordered_list: {
    group: "block list",
    content: "item+",
    attrs: { marker: { default: "." }, loose: { default: false }, start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Math.max((dom as HTMLOListElement).start || 1, 0) }) }],
    toDOM: (node): DOMOutputSpec => ["ol", { ...looks(node), start: node.attrs["start"] }, 0],
  },
  item: {
    content: "paragraph block*",
    defining: true,
    /** Whether a task is done; null for what is no task. */
    attrs: { checked: { default: null } },
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ checked: taskOf(dom as HTMLElement) }) }],
    toDOM: (node): DOMOutputSpec => [
      "li",
      { dir: "auto", ...(node.attrs["checked"] === null ? {} : { "data-checked": String(node.attrs["checked"]) }) },
      0,
    ],
  },
  text: { group: "inline" },
  /** A line break; a soft one is a plain line break in the source. */
  break: {
    group: "inline",
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    attrs: { soft: { default: false } },
    parseDOM: [{ tag: "br" }],
    toDOM: (): DOMOutputSpec => ["br"],
    leafText: () => "\n",
  },
  /** A link to another note, which shows that note's title of today. */
  reference: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { id: {}, text: { default: "" } },
    parseDOM: [
      {
        tag: "a[data-note]",
        priority: 60,
        getAttrs: (dom) => ({ id: (dom as HTMLElement).dataset["note"], text: (dom as HTMLElement).textContent }),
      },
    ],
    toDOM: ({ attrs: { id, text } }): DOMOutputSpec => ["a", { href: noteAddress(id), "data-note": id }, text],
    leafText: (node) => node.attrs["text"],
  },
  /** An image or a tag, as it is written. */
  piece: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { source: {} },
    parseDOM: [{ tag: "span[data-piece]", getAttrs: (dom) => ({ source: (dom as HTMLElement).textContent }) }],
    toDOM: (node): DOMOutputSpec => ["span", { "data-piece": "" }, node.attrs["source"]],
    leafText: (node) => node.attrs["source"],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: {}, title: { default: "" }, label: { default: null } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => address(dom as HTMLAnchorElement) }],
    toDOM: (mark): DOMOutputSpec => [
      "a",
      { href: mark.attrs["href"], title: mark.attrs["title"] || null, rel: "noopener noreferrer" },
      0,
    ],
  },
  strong: {
    parseDOM: [
      { tag: "strong" },
      // Google Docs wraps what is copied in a <b> that is not bold.
      { tag: "b", getAttrs: (dom) => !(dom as HTMLElement).dataset["says"]?.includes("normal") && null },
      ...saying("strong"),
    ],
    toDOM: (): DOMOutputSpec => ["strong", 0],
  },
  em: {
    parseDOM: [{ tag: "em" }, { tag: "i" }, ...saying("em")],
    toDOM: (): DOMOutputSpec => ["em", 0],
  },
  strike: {
    parseDOM: [{ tag: "del" }, { tag: "s" }, { tag: "strike" }, ...saying("strike")],
    toDOM: (): DOMOutputSpec => ["del", 0],
  },
  code: {
    code: true,
    parseDOM: [{ tag: "code" }, { tag: "kbd" }, { tag: "samp" }],
    toDOM: (): DOMOutputSpec => ["code", { spellcheck: "false" }, 0],
  },
} satisfies Record<string, MarkSpec>;

/** What the style of a pasted element says; see `clipboard.ts`. */
function saying(mark: string): TagParseRule[] {
  return [{ tag: `[data-says~=${mark}]`, consuming: false, priority: 60 }];
}

export const schema = new Schema({
  nodes: nodes as Record<keyof typeof nodes, NodeSpec>,
  marks: marks as Record<keyof typeof marks, MarkSpec>,
});

/** The language of a code block, of all that is said about it. */
function language(info: string): string {
  return info.split(/\s/)[0] ?? "";
}

/** The alignments of columns, as the cells of the first row have them. */
function alignOf(table: HTMLElement): string[] {
  return [...(table.querySelector("tr")?.children ?? [])].map((cell) => (cell as HTMLElement).dataset["align"] ?? "");
}

function looks(node: Node): Record<string, string> {
  return node.attrs["loose"] ? { class: "loose" } : {};
}

/** Addresses that a link may lead to. */
export function isAddress(href: string): boolean {
  return /^(?:https?:\/\/|mailto:)\S/i.test(href);
}

function address(dom: HTMLAnchorElement): { href: string; title: string } | false {
  const href = dom.getAttribute("href") ?? "";
  return isAddress(href) && { href, title: dom.getAttribute("title") ?? "" };
}

/** The task that a list item is, in our own elements and in those of others. */
function taskOf(item: HTMLElement): boolean | null {
  const { checked } = item.dataset;
  if (checked !== undefined) return checked === "true";
  const box = item.querySelector<HTMLInputElement>(
    ":scope > input[type=checkbox], :scope > p:first-child > input[type=checkbox], :scope > label:first-child input[type=checkbox]",
  );
  return box ? box.checked : null;
}
