// The text of a paragraph or heading as Markdown. Each way of writing it is read again before it is used, the plainest first, so that what is
// written always means what was edited.

import { Fragment, type Mark, type Node } from "prosemirror-model";
import { cells, parse } from "../markdown/blocks";
import { address, type Definitions } from "../markdown/inline";
import { noteAddress } from "../markdown/reference";
import { cellOf, inlines } from "./read";
import { schema } from "./schema";

const { nodes, marks } = schema;

interface Way {
  escape: "nothing" | "marks" | "everything";
  emphasis: "*" | "_";
  /** Links name their definitions. */
  labels: boolean;
  /** Without emphasis: where words touch it in a way that Markdown cannot say, text goes before looks. */
  plain?: boolean;
  /** Line breaks become spaces: a tag that is alone in the first line would begin a block. */
  oneLine?: boolean;
}

const FIRST: Way = { escape: "nothing", emphasis: "*", labels: true };
const WAYS: Way[] = [
  FIRST,
  { escape: "marks", emphasis: "*", labels: true },
  { escape: "marks", emphasis: "_", labels: true },
  { escape: "marks", emphasis: "*", labels: false },
  { escape: "everything", emphasis: "*", labels: false },
  { escape: "everything", emphasis: "_", labels: false },
  { escape: "everything", emphasis: "*", labels: false, plain: true },
  { escape: "everything", emphasis: "*", labels: false, plain: true, oneLine: true },
];

export function spans(node: Node, definitions: Definitions): string {
  for (const way of WAYS) {
    const meant = normalized(node, way);
    const source = written(meant, way);
    if (!source || reads(source, node, Fragment.fromArray(meant), definitions)) return source;
  }
  // What begins with the tag of a block is one from now on, and HTML knows no backslashes.
  return written(normalized(node, FIRST), FIRST);
}

/** The text of a cell of a table, which has one line. */
export function cellSpans(node: Node, definitions: Definitions): string {
  for (const way of WAYS) {
    const meant = normalized(node, way);
    const source = inCell(written(meant, way));
    if (!source) return source;
    const [only = "", more] = cells(`| ${source} |`);
    if (more === undefined && cellOf(only, definitions).eq(Fragment.fromArray(meant.map(hard)))) return source;
  }
  const way = WAYS.at(-1) as Way;
  return inCell(written(normalized(node, way), way));
}

/** Nothing in a cell begins a new line or the next cell. */
function inCell(source: string): string {
  return source.replace(/\\?\n */g, "<br>").replaceAll("|", "\\|");
}

function hard(node: Node): Node {
  return node.type === nodes.break ? nodes.break.create(null, null, node.marks) : node;
}

/** The lines of a heading; those of a paragraph as they are. */
export function headed(node: Node, source: string): string {
  if (node.type !== nodes.heading) return source;
  const level: number = node.attrs["level"];
  if (source.includes("\n")) return `${source}\n${level === 1 ? "===" : "---"}`;
  return "#".repeat(level) + (source && ` ${source}`);
}

function reads(source: string, node: Node, meant: Fragment, definitions: Definitions): boolean {
  if (/^\[[ \txX]\](?:\s|$)/.test(source)) return false;
  const [block, more] = parse(headed(node, source)).blocks;
  if (more || !block || block.type !== node.type.name || !("text" in block)) return false;
  if (block.type === "heading" && block.level !== node.attrs["level"]) return false;
  return inlines(block.text, definitions).eq(meant);
}

const EMPHASIS = [marks.strong, marks.em, marks.strike];

/** What Markdown can say of a text: no space at its edges and those of its lines, and none just inside of emphasis. */
function normalized(node: Node, way: Way): Node[] {
  const oneLine = way.oneLine || (node.type === nodes.heading && node.attrs["level"] > 2);
  let list: Node[] = [];
  node.forEach((child) => {
    let active = child.marks;
    if (way.plain) active = active.filter(({ type }) => !EMPHASIS.includes(type));
    if (!way.labels)
      active = active.map((mark) =>
        mark.type === marks.link ? marks.link.create({ ...mark.attrs, label: null }) : mark,
      );
    if (!child.isText) active = marks.code.removeFromSet(active);
    if (child.type === nodes.break && oneLine) list.push(schema.text(" ", active));
    else list.push(child.mark(active));
  });
  list = trimmed(trimmed(list).reverse(), true).reverse();
  list = list.map((child, at) => {
    const empty = at === 0 || list[at - 1]?.type === nodes.break;
    return child.type === nodes.break && empty ? nodes.break.create({ soft: false }, null, child.marks) : child;
  });
  for (const type of EMPHASIS) list = tight(tight(list, type, false).reverse(), type, true).reverse();
  // Neighbours that are alike are one.
  const joined: Node[] = [];
  Fragment.fromArray(list).forEach((child) => joined.push(child));
  return joined;
}

function isCode(node: Node): boolean {
  return marks.code.isInSet(node.marks) !== undefined;
}

/** A text without the space that it begins with, or ends with; nothing if nothing is left. */
function cut(node: Node, atEnd: boolean, space: RegExp): Node | null {
  let text = node.text ?? "";
  if (atEnd) while (text && space.test(text.charAt(text.length - 1))) text = text.slice(0, -1);
  else while (text && space.test(text.charAt(0))) text = text.slice(1);
  return text ? schema.text(text, node.marks) : null;
}

/** Without the spaces that lines begin with; with those that they end with, if the list is reversed. */
function trimmed(list: Node[], reversed = false): Node[] {
  const result: Node[] = [];
  let edge = true;
  for (const node of list) {
    const rest: Node | null = edge && node.isText && !isCode(node) ? cut(node, reversed, /[ \t]/) : node;
    if (!rest || (reversed && !result.length && rest.type === nodes.break)) continue;
    result.push(rest);
    edge = rest.type === nodes.break;
  }
  return result;
}

/** Takes emphasis from the space that it begins with. */
function tight(list: Node[], type: (typeof EMPHASIS)[number], reversed: boolean): Node[] {
  const result: Node[] = [];
  let inside = false;
  for (const node of list) {
    const mark = type.isInSet(node.marks);
    if (!mark || inside) {
      inside = !!mark;
      result.push(node);
    } else if (node.type === nodes.break) {
      result.push(node.mark(mark.removeFromSet(node.marks)));
    } else {
      const rest = node.isText && !isCode(node) ? cut(node, reversed, /\s/) : node;
      const without = mark.removeFromSet(node.marks);
      if (rest !== null && rest.nodeSize < node.nodeSize) {
        const space = node.text ?? "";
        const length = rest.nodeSize;
        result.push(schema.text(reversed ? space.slice(length) : space.slice(0, -length), without));
      }
      result.push(rest ?? node.mark(without));
      inside = rest !== null;
    }
  }
  return result;
}

/** The nodes as they are written in one of the ways. */
function written(list: Node[], way: Way): string {
  let out = "";
  /** What is open, with the place where it began. */
  const open: { mark: Mark; at: number }[] = [];

  list.forEach((node, at) => {
    let wanted = node.marks.filter(({ type }) => type !== marks.code);
    const link = marks.link.isInSet(wanted);
    const auto = link && isAuto(list, at, link);
    if (auto) wanted = link.removeFromSet(wanted) as Mark[];
    let keep = 0;
    while (keep < open.length && open[keep]?.mark.isInSet(wanted)) keep++;
    close(keep);
    const begins = wanted.filter((mark) => !open.some((one) => one.mark.eq(mark)));
    // What lasts longest is outermost.
    for (const mark of begins.sort((a, b) => lasts(list, at, b) - lasts(list, at, a))) {
      open.push({ mark, at: out.length });
      out += delimiter(mark, way);
    }
    if (node.type === nodes.break) out += node.attrs["soft"] ? "\n" : "\\\n";
    else if (node.type === nodes.reference) {
      out += `[${escaped(node.attrs["text"], way.escape, false)}](${noteAddress(node.attrs["id"])})`;
    } else if (node.type === nodes.piece) {
      // A line that begins with a tag could begin a block; indented that far, it goes on with the paragraph.
      if (way.escape === "everything" && out.endsWith("\n")) out += "    ";
      out += node.attrs["source"];
    } else if (auto) out += `<${node.text}>`;
    else if (isCode(node)) out += code(node.text ?? "");
    else out += escaped(node.text ?? "", way.escape, !out || out.endsWith("\n"));
  });
  close(0);
  return out;

  function close(keep: number) {
    while (open.length > keep) {
      const { mark, at } = open.pop() as { mark: Mark; at: number };
      out += mark.type === marks.link ? ending(mark, out.slice(at + 1)) : delimiter(mark, way);
    }
  }
}

function lasts(list: Node[], from: number, mark: Mark): number {
  let end = from;
  while (list[end] && mark.isInSet(list[end]?.marks ?? [])) end++;
  return end;
}

function delimiter({ type }: Mark, { emphasis }: Way): string {
  if (type === marks.link) return "[";
  return type === marks.em ? emphasis : type === marks.strong ? "**" : "~~";
}

/** Whether a link is an address that shows itself. */
function isAuto(list: Node[], at: number, link: Mark): boolean {
  const text = list[at]?.text;
  const { href, title, label } = link.attrs;
  const alone = ![at - 1, at + 1].some((next) => link.isInSet(list[next]?.marks ?? []));
  return (
    alone &&
    !title &&
    label === null &&
    text !== undefined &&
    (text === href || `mailto:${text}` === href) &&
    !/[\s<>]/.test(text)
  );
}

/** Behind the text of a link. */
function ending(link: Mark, text: string): string {
  const { href, title, label } = link.attrs as { href: string; title: string; label: string | null };
  if (label !== null) return label === text ? "]" : `][${label}]`;
  const named = title ? ` "${title.replace(/["\\]|&(?=[#\w]+;)/g, "\\$&")}"` : "";
  return `](${destination(href)}${named})`;
}

function destination(href: string): string {
  const read = address(href, 0);
  if (href && read?.[0] === href && read[1] === href.length) return href;
  const plain = href.replace(/[\\<>()]|&(?=[#\w]+;)/g, "\\$&").replace(/[\n\r]/g, encodeURIComponent);
  return /[\s\p{Cc}]|^$/u.test(plain) ? `<${plain}>` : plain;
}

function code(text: string): string {
  const runs: string[] = text.match(/`+/g) ?? [];
  let fence = "`";
  while (runs.includes(fence)) fence += "`";
  const pad = /^`|`$|^ .* $/.test(text) && text.trim() ? " " : "";
  return fence + pad + text + pad + fence;
}

function escaped(text: string, what: Way["escape"], lineStart: boolean): string {
  if (what === "nothing") return text;
  if (what === "everything") return text.replace(/[!-/:-@[-`{-~]/g, "\\$&");
  const safe = text.replace(/[\\`*_~[\]<]|&(?=[#\w]+;)/g, "\\$&");
  return lineStart ? safe.replace(/^(\d*)([-#+=>|:.)])/, "$1\\$2") : safe;
}
