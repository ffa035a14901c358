// What a note can be made of while it is edited, and how that looks as elements.

import {
  Schema,
  type DOMOutputSpec,
  type MarkSpec,
  type Node,
  type NodeSpec,
  type TagParseRule,
} from "prosemirror-model";

const nodes = {
  doc: { content: "block+" },
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
    toDOM: (): DOMOutputSpec => ["blockquote", 0],
  },
  code_block: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: { info: { default: "" } },
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: (): DOMOutputSpec => ["pre", ["code", { spellcheck: "false" }, 0]],
  },
  /** What the editor has no better way to show, as it is written: HTML, tables, definitions of links. */
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
      node.attrs["checked"] === null ? {} : { "data-checked": String(node.attrs["checked"]) },
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
