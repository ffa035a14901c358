// Markdown as what is edited.

import { Fragment, type Mark, type Node } from "prosemirror-model";
import { parse, type Block, type Item } from "../markdown/blocks";
import { inline, textOf, type Definitions, type Inline } from "../markdown/inline";
import { noteOf } from "../markdown/reference";
import { schema } from "./schema";

const { nodes, marks } = schema;

/** How a block of the outermost level is written, and its place in the source. */
export interface Written {
  source: string;
  index: number;
}

export interface Note {
  doc: Node;
  /** Blocks that nobody has changed since they were read. */
  origins: WeakMap<Node, Written>;
  /** What stands before each block. */
  gaps: string[];
  /** What stands behind the last block. */
  tail: string;
}

export function read(source: string): Note {
  const { blocks, definitions } = parse(source);
  const origins = new WeakMap<Node, Written>();
  const gaps: string[] = [];
  let end = 0;
  const content = blocks.map((block, index) => {
    const node = one(block, definitions);
    const { from, to } = block;
    if (from === undefined || to === undefined) gaps.push("\n\n");
    else {
      gaps.push(source.slice(end, from));
      const written = source.slice(from, to);
      if (standsAlone(block, written)) origins.set(node, { source: written, index });
      end = to;
    }
    return node;
  });
  if (!content.length) content.push(nodes.paragraph.create());
  return { doc: nodes.doc.create(null, content), origins, gaps, tail: source.slice(end) };
}

/** Whether what is written means the same wherever it stands: it neither takes in what follows, nor goes on with what is before. */
function standsAlone(block: Block, written: string): boolean {
  if (/^[ \t]/.test(written)) return false;
  if (block.type === "code") return block.fenced;
  return block.type !== "html" || !block.missing;
}

function one(block: Block, definitions: Definitions): Node {
  switch (block.type) {
    case "paragraph":
      return nodes.paragraph.create(null, inlines(block.text, definitions));
    case "heading":
      return nodes.heading.create({ level: block.level }, inlines(block.text, definitions));
    case "code":
      return nodes.code_block.create({ info: block.info }, text(block.text.replace(/\n$/, "")));
    case "html":
      return raw("html", block.text.replace(/^ +/, "") + (block.missing && `\n${block.missing}`));
    case "table": {
      // Cells beyond the last column are seen nowhere, but they are text.
      if (block.rows.some((cells) => cells.length > block.head.length)) return raw("table", block.text);
      const { head, align } = block;
      const rows = [head, ...block.rows].map((cells, at) =>
        nodes.row.create(
          null,
          head.map((_, column) =>
            nodes.cell.create({ head: at === 0, align: align[column] }, cellOf(cells[column] ?? "", definitions)),
          ),
        ),
      );
      return nodes.table.create({ align }, rows);
    }
    case "definition":
      return raw(block.type, block.text);
    case "rule":
      return nodes.rule.create();
    case "quote":
      return nodes.quote.create(null, many(block.children, definitions));
    case "list": {
      const { marker, loose, start } = block;
      const items = block.items.map((item) => itemOf(item, definitions));
      return block.ordered
        ? nodes.ordered_list.create({ marker, loose, start }, items)
        : nodes.bullet_list.create({ marker, loose }, items);
    }
  }
}

function many(blocks: Block[], definitions: Definitions): Node[] {
  return blocks.length ? blocks.map((block) => one(block, definitions)) : [nodes.paragraph.create()];
}

function itemOf({ children, task }: Item, definitions: Definitions): Node {
  const content = many(children, definitions);
  if (content[0]?.type !== nodes.paragraph) content.unshift(nodes.paragraph.create());
  return nodes.item.create({ checked: task ? task.checked : null }, content);
}

function raw(kind: string, source: string): Node {
  return nodes.raw.create({ kind }, text(source));
}

function text(content: string, active: readonly Mark[] = []): Node[] {
  return content ? [schema.text(content, active)] : [];
}

/** The text of a paragraph or heading. */
export function inlines(source: string, definitions: Definitions): Fragment {
  return Fragment.fromArray(inline(source, definitions).flatMap((node) => spans(node, [])));
}

/** The text of a cell, where a tag stands for a line break. */
export function cellOf(source: string, definitions: Definitions): Fragment {
  const content: Node[] = [];
  inlines(source, definitions).forEach((node) => {
    const isBreak = node.type === nodes.piece && /^<br\s*\/?>$/i.test(node.attrs["source"]);
    content.push(isBreak ? nodes.break.create(null, null, node.marks) : node);
  });
  return Fragment.fromArray(content);
}

function spans(node: Inline, active: readonly Mark[]): Node[] {
  if (typeof node === "string") return text(node, active);
  switch (node.type) {
    case "code":
      return text(node.text, marks.code.create().addToSet(active));
    case "break":
      return [nodes.break.create({ soft: !node.hard }, null, active)];
    case "html":
      return [nodes.piece.create({ source: node.text }, null, active)];
    case "image":
      return [nodes.piece.create({ source: node.source }, null, active)];
    case "link": {
      const { href, title, label } = node;
      const id = noteOf(href);
      const [only, more] = node.children;
      if (id && !title && label === null && typeof only === "string" && more === undefined) {
        return [nodes.reference.create({ id, text: textOf(node.children) }, null, active)];
      }
      const inside = marks.link.create({ href, title, label }).addToSet(active);
      const content = node.children.flatMap((child) => spans(child, inside));
      return content.length ? content : [nodes.piece.create({ source: node.source }, null, active)];
    }
    default: {
      const inside = marks[node.type].create().addToSet(active);
      return node.children.flatMap((child) => spans(child, inside));
    }
  }
}
