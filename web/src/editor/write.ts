// What was edited as Markdown. Blocks that nobody changed stay as they were written.

import type { Node } from "prosemirror-model";
import { parse, RULE } from "../markdown/blocks";
import type { Definitions } from "../markdown/inline";
import type { Note } from "./read";
import { schema } from "./schema";
import { cellSpans, headed, spans } from "./spans";

const { nodes } = schema;

/** A function that writes notes, and remembers paragraphs that it has written before. */
export function writer(): (note: Note) => string {
  let known = new WeakMap<Node, string>();
  let knownFor = "";
  let definitions: Definitions = new Map();

  return (note) => {
    const { doc, tail } = note;
    let defined = "";
    doc.descendants((node) => {
      if (node.type === nodes.raw && node.attrs["kind"] === "definition") defined += `${node.textContent}\n\n`;
      return !node.isTextblock;
    });
    if (defined !== knownFor) {
      known = new WeakMap();
      knownFor = defined;
      definitions = parse(defined).definitions;
    }
    const source = join(children(doc), false, false, note);
    return source && source + tail;
  };

  function text(node: Node): string {
    let source = known.get(node);
    if (source === undefined) {
      source = node.type === nodes.cell ? cellSpans(node, definitions) : headed(node, spans(node, definitions));
      known.set(node, source);
    }
    return source;
  }

  /** Blocks that follow each other; `tight` without blank lines where Markdown allows it. */
  function join(blocks: Node[], tight: boolean, inItem: boolean, note?: Note): string {
    let out = "";
    let before: Node | null = null;
    let marker = "";
    /** The place in the source of the block before, if it is as it was. */
    let last = -1;
    blocks.forEach((block, at) => {
      const origin = note?.origins.get(block);
      const isList = block.type.isInGroup("list");
      // Lists that follow each other are told apart by their marks.
      const own: string = isList ? block.attrs["marker"] : "";
      const used = isList && own === marker ? ({ "-": "*", "*": "-", "+": "-", ".": ")", ")": "." }[own] ?? own) : own;
      const kept = origin && used === own ? origin : null;
      const source = kept ? kept.source : one(block, used, inItem);
      if (!source) return;
      // Blocks that come or go leave the others their distance.
      const gap = note?.gaps[note.gaps.length === blocks.length ? at : (origin?.index ?? -1)];
      const follows = kept && kept.index > 0 && kept.index === last + 1;
      const close = before && touches(before, block, source);
      if (!before) out = (at === 0 && gap) || "";
      else if (gap && (follows || close || /\n\s*\n/.test(gap))) out += gap;
      else out += tight && close ? "\n" : "\n\n";
      out += source;
      before = block;
      last = kept?.index ?? -2;
      marker = used;
    });
    return out;
  }

  function one(block: Node, marker: string, inItem: boolean): string {
    switch (block.type) {
      case nodes.code_block:
        return fenced(block);
      case nodes.raw:
        return block.textContent;
      case nodes.table:
        return table(block);
      case nodes.rule:
        // Behind the mark of a list, dashes would be part of it.
        return inItem ? "___" : "---";
      case nodes.quote:
        return (join(children(block), false, false) || "").replace(/^(?=.)/gm, "> ").replace(/^$/gm, ">");
      case nodes.bullet_list:
      case nodes.ordered_list:
        return list(block, marker);
      default:
        return text(block);
    }
  }

  function table(block: Node): string {
    const align = block.attrs["align"] as string[];
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    const [head = "", ...rows] = children(block).map((row) => line(children(row).map(text)));
    const columns = children(block.firstChild as Node).map((_, at) => DASHES[align[at] ?? ""] ?? "---");
    return [head, line(columns), ...rows].join("\n");
  }

  function list(block: Node, marker: string): string {
    const { loose, start } = block.attrs as { loose: boolean; start?: number };
    return children(block)
      .map((node, at) =>
        item(node, start === undefined ? marker : `${Math.min(start + at, 999_999_999)}${marker}`, loose),
      )
      .join(loose ? "\n\n" : "\n");
  }

  function item(node: Node, mark: string, loose: boolean): string {
    const [first, ...rest] = children(node);
    const { checked } = node.attrs as { checked: boolean | null };
    const task = checked === null ? "" : `[${checked ? "x" : " "}] `;
    const empty = !first || !text(first);
    const indent = " ".repeat(mark.length + 1);
    if (!empty || !task) {
      const body = join(empty ? rest : children(node), !loose, true);
      if (!body) return mark;
      const line = `${mark} ${task}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
      const [begin = ""] = line.split("\n", 1);
      // A mark and a rule in one line would be a rule, and what looks like a task would be one.
      const apart = empty && (RULE.test(begin) || rest[0]?.type === nodes.raw || rest[0]?.type === nodes.table);
      return apart ? `${mark}\n${indent}${line.slice(mark.length + 1)}` : line;
    }
    const body = join(rest, !loose, true);
    return `${mark} ${task}${body && `\n${body}`.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
  }
}

const DASHES: Record<string, string> = { left: ":--", center: ":-:", right: "--:" };

function children(node: Node): Node[] {
  return [...node.children];
}

function fenced(block: Node): string {
  const info: string = block.attrs["info"];
  const char = info.includes("`") ? "~" : "`";
  const text = block.textContent;
  let fence = char.repeat(3);
  while (text.includes(fence)) fence += char;
  return `${fence}${info}\n${text && `${text}\n`}${fence}`;
}

/** Whether a block may stand below another without a blank line between them. */
function touches(before: Node, block: Node, source: string): boolean {
  const { type } = block;
  if (before.type === nodes.heading || before.type === nodes.code_block || before.type === nodes.rule) return true;
  if (before.type === nodes.raw || before.type === nodes.table || (type === nodes.quote && before.type === nodes.quote))
    return false;
  if (type === nodes.heading) return source.startsWith("#");
  if (type === nodes.bullet_list) return !/^[-*+]\s*(?:\n|$)/.test(source);
  if (type === nodes.ordered_list) return /^1[.)] \S/.test(source);
  return type === nodes.quote || type === nodes.code_block || type === nodes.rule;
}
