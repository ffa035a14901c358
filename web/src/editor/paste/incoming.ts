// What comes in from other programs. Loaded when something is first pasted or dropped.

import { DOMParser, Fragment, Slice, type Node, type ParseOptions } from "prosemirror-model";
import type { EditorProps, EditorView } from "prosemirror-view";
import { isText } from "../../files";
import { noteOf } from "../../markdown/reference";
import { setLink } from "../later/link";
import { fill } from "../later/tables";
import { read } from "../read";
import { isAddress, schema } from "../schema";
import { cellAt } from "../tables";
import { cellsOf, kindOf } from "./text";
import { tidy } from "./tidy";

const { nodes } = schema;

/** What is pasted or dropped. */
export interface Pasted {
  text: string;
  html: string;
  /** What a code editor says about it. */
  code: string;
  files: File[];
  /** Whether it is to be text and nothing else. */
  plain: boolean;
  /** Where it was dropped. */
  at?: { left: number; top: number };
}

/** Whether what is pasted now is to be text and nothing else. */
let plainly = false;

const readers: EditorProps = {
  transformPastedHTML: withoutLooks,
  clipboardTextParser: ((text: string) => fromText(text, plainly)) as NonNullable<EditorProps["clipboardTextParser"]>,
  handlePaste: (view, _event, slice) => intoCell(view, slice),
};

/** Prepares a view for what comes from other programs. */
export function prepare(view: EditorView): void {
  if (view.props.clipboardParser !== incoming) view.setProps({ ...readers, clipboardParser: incoming });
}

export function paste(view: EditorView, pasted: Pasted): void {
  prepare(view);
  const { text, html, plain } = pasted;
  if (takeFiles(view, pasted)) return;
  if (!plain && (pasteAddress(view, text) || pasteCode(view, pasted))) return;
  plainly = plain;
  if (html && !(text && (plain || view.state.selection.$from.parent.type.spec.code))) view.pasteHTML(html);
  else view.pasteText(text);
  plainly = false;
}

class Incoming extends DOMParser {
  override parseSlice(dom: HTMLElement, options?: ParseOptions): Slice {
    // What this editor has written itself is as it should be.
    if (!dom.querySelector("[data-pm-slice]")) tidy(dom);
    return super.parseSlice(dom, options);
  }
}

const incoming = new Incoming(schema, DOMParser.fromSchema(schema).rules);

/** Text as what it is; as plain text if that is asked for. */
function fromText(text: string, plain: boolean): Slice {
  const source = text.replace(/\r\n?/g, "\n");
  switch (plain ? "words" : kindOf(source)) {
    case "address":
      return addressOf(source.trim());
    case "cells":
      return closed([tableOf(cellsOf(source) ?? [])]);
    case "code":
      return closed([codeOf(source.replace(/^\n+|\s+$/g, ""), "")]);
    case "markdown":
      return opened(read(source).doc.content);
    case "words":
      return opened(wordsOf(source));
  }
}

function addressOf(address: string): Slice {
  const id = address.startsWith(`${location.origin}/`) && noteOf(address.slice(location.origin.length));
  if (id) return new Slice(Fragment.from(nodes.reference.create({ id, text: "Note" })), 0, 0);
  return opened(read(`<${address}>`).doc.content);
}

function tableOf(cells: string[][]): Node {
  const rows = cells.map((row, at) =>
    nodes.row.create(
      null,
      row.map((text) => nodes.cell.create({ head: at === 0 }, text ? schema.text(text) : null)),
    ),
  );
  return nodes.table.create({ align: cells[0]?.map(() => "") ?? [] }, rows);
}

function codeOf(text: string, info: string): Node {
  return nodes.code_block.create({ info }, text ? schema.text(text) : null);
}

/** Paragraphs between blank lines, every sign as it is. */
function wordsOf(text: string): Fragment {
  const paragraphs = text
    .replace(/^\n+|\n+$/g, "")
    .split(/\n{2,}/)
    .map((paragraph) => {
      const lines = paragraph
        .split("\n")
        .flatMap((line, at) => [
          ...(at ? [nodes.break.create({ soft: true })] : []),
          ...(line ? [schema.text(line)] : []),
        ]);
      return nodes.paragraph.create(null, lines);
    });
  return Fragment.fromArray(paragraphs);
}

function closed(blocks: Node[]): Slice {
  return new Slice(Fragment.fromArray(blocks), 0, 0);
}

function opened(content: Fragment): Slice {
  const open = (node: Node | null) => (node?.type === nodes.paragraph ? 1 : 0);
  return new Slice(content, open(content.firstChild), open(content.lastChild));
}

/** An address pasted over text links the text. */
function pasteAddress(view: EditorView, pasted: string): boolean {
  const text = pasted.trim();
  const { selection } = view.state;
  if (selection.empty || !selection.$from.sameParent(selection.$to) || /\s/.test(text) || !isAddress(text))
    return false;
  if (selection.$from.parent.type.spec.code) return false;
  return setLink(text)(view.state, view.dispatch);
}

/** Code editors say which language it is; the text beside it is exact. */
function pasteCode(view: EditorView, { code: about, text: given }: Pasted): boolean {
  const text = given.replace(/\r\n?/g, "\n");
  const { $from } = view.state.selection;
  if (!about || $from.parent.type.spec.code || cellAt($from)) return false;
  let mode = "";
  try {
    mode = String((JSON.parse(about) as { mode?: unknown }).mode ?? "");
  } catch {
    // Then it is code of no known language.
  }
  const slice = mode === "markdown" ? opened(read(text).doc.content) : undefined;
  const isBlock = text.trim().includes("\n");
  const code = closed([codeOf(common(text.replace(/^\n+|\s+$/g, "")), mode === "plaintext" ? "" : mode)]);
  const words = opened(wordsOf(text));
  view.dispatch(
    view.state.tr.replaceSelection(slice ?? (isBlock && mode !== "plaintext" ? code : words)).scrollIntoView(),
  );
  return true;
}

/** Code without the indentation that all of its lines have. */
function common(text: string): string {
  const lines = text.split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  let shared = indents[0] ?? "";
  for (const indent of indents) while (!indent.startsWith(shared)) shared = shared.slice(0, -1);
  return lines.map((line) => (line.startsWith(shared) ? line.slice(shared.length) : line)).join("\n");
}

/** Into a cell go the cells of another table, else one line of text. */
function intoCell(view: EditorView, slice: Slice): boolean {
  if (!cellAt(view.state.selection.$from)) return false;
  const only = slice.content.childCount === 1 ? slice.content.firstChild : null;
  if (only?.type === nodes.table) {
    const tr = fill(view.state, only);
    if (tr) view.dispatch(tr);
    return true;
  }
  const line: Node[] = [];
  slice.content.descendants((node) => {
    if (node.isInline) line.push(node);
    else if (node.isTextblock && line.length) line.push(nodes.break.create());
    return !node.isInline;
  });
  view.dispatch(view.state.tr.replaceSelection(new Slice(Fragment.fromArray(line), 0, 0)).scrollIntoView());
  return true;
}

/** Files of text become text, where they were dropped. */
function takeFiles(view: EditorView, { files, at: where }: Pasted): boolean {
  const texts = files.filter(isText);
  if (!texts.length) return false;
  const at = where && view.posAtCoords(where)?.pos;
  void Promise.all(texts.map((file) => file.text())).then((contents) => {
    const source = contents.join("\n\n").replace(/\r\n?/g, "\n");
    if (!source || view.isDestroyed) return;
    const { tr, selection, doc } = view.state;
    const slice = opened(read(source).doc.content);
    const pos = Math.min(at ?? selection.from, doc.content.size);
    view.dispatch(at === undefined ? tr.replaceSelection(slice) : tr.replaceRange(pos, pos, slice));
  });
  return true;
}

/** What another page looks like and does stays there, and parsing it would be against the policy of this one. Styles become data: they tell lists
 * and looks that mean something. */
function withoutLooks(html: string): string {
  const attributes = /\s(style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
  return html
    .replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) =>
      tag.replace(attributes, (_, name: string, value: string) =>
        name.toLowerCase() === "style" ? ` data-style=${value}` : "",
      ),
    );
}
