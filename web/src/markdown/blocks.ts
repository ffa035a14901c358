// Markdown as blocks: CommonMark with task lists, strike-through and tables, as the service reads it. Reads each line once and never fails.

import { address, labelOf, strip, title, type Definitions } from "./inline";

export type Block = Place &
  (
    | { type: "paragraph"; text: string }
    | { type: "heading"; level: number; text: string }
    | { type: "code"; info: string; text: string; fenced: boolean }
    | { type: "html"; text: string; missing: string }
    | { type: "table"; align: Align[]; head: string[]; rows: string[][]; text: string }
    | { type: "definition"; text: string }
    | { type: "rule" }
    | { type: "quote"; children: Block[] }
    | List
  );

type Align = "left" | "right" | "center" | "";

/** Where a block of the outermost level stands in the source. */
interface Place {
  from?: number;
  to?: number;
}

export interface List {
  type: "list";
  ordered: boolean;
  start: number;
  /** The character that marks its items. */
  marker: string;
  /** Whether blank lines stand between its items. */
  loose: boolean;
  items: Item[];
}

export interface Item {
  children: Block[];
  task: Task | null;
}

export interface Task {
  /** Its place among the tasks of the note. */
  index: number;
  checked: boolean;
  /** The place of its mark in the source. */
  at: number;
}

export interface Parsed {
  blocks: Block[];
  definitions: Definitions;
  tasks: Task[];
}

interface Container {
  children: Block[];
  list: List | null;
  item: Item | null;
  /** Columns that lines of an item begin with. */
  indent: number;
}

type Leaf =
  | { type: "paragraph"; block: { text: string } }
  | { type: "table"; block: { rows: string[][]; text: string } }
  | { type: "fence"; block: { text: string }; fence: string; indent: number }
  | { type: "indented"; block: { text: string }; blanks: string }
  | { type: "html"; block: { text: string; missing: string }; end: RegExp | null };

/** Deeper containers are taken as text, so that no note overflows the stack of who walks over it. */
const DEPTH = 80;

const TAGS =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";
/** How blocks of HTML begin, what ends them (a blank line if there is nothing), and what would end them at the end of a note. */
const HTML: [RegExp, RegExp | null, string][] = [
  [/^<(?:script|pre|textarea|style)(?:\s|>|$)/i, /<\/(?:script|pre|textarea|style)>/i, "</pre>"],
  [/^<!--/, /-->/, "-->"],
  [/^<\?/, /\?>/, "?>"],
  [/^<![a-z]/i, />/, ">"],
  [/^<!\[CDATA\[/, /\]\]>/, "]]>"],
  [new RegExp(`^</?(?:${TAGS})(?:\\s|/?>|$)`, "i"), null, ""],
  [
    /^<(?:[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?|\/[a-z][a-z\d-]*\s*)>\s*$/i,
    null,
    "",
  ],
];
export const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const HEADING = /^(#{1,6})(?:[ \t]|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const MARKER = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
const TASK = /^\[([ \t\v\fxX])\](?=\s|$)/;

export function parse(source: string): Parsed {
  const root: Block[] = [];
  const tasks: Task[] = [];
  const definitions: Definitions = new Map();
  /** Paragraphs that may begin with definitions, and the blocks they stand among. */
  const candidates: { siblings: Block[]; block: Block & { type: "paragraph" } }[] = [];
  const stack: Container[] = [{ children: root, list: null, item: null, indent: 0 }];
  let leaf: Leaf | null = null;
  /** The last line was blank for containers from this depth on. */
  let blankFrom = Infinity;
  let line = "";
  let pos = 0;
  let lineStart = 0;

  for (let start = 0; start < source.length;) {
    let end = start;
    while (end < source.length && source[end] !== "\n" && source[end] !== "\r") end++;
    line = source.slice(start, end);
    lineStart = start;
    pos = 0;
    const blank = readLine(end);
    blankFrom = blank ?? Infinity;
    start = source.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  for (const { siblings, block } of candidates) define(siblings, block);
  for (let at = 0; at < root.length; at++) {
    const block = root[at];
    if (block?.from === undefined) continue;
    let to = root[at + 1]?.from ?? source.length;
    while (to > block.from && /[ \t\r\n]/.test(source.charAt(to - 1))) to--;
    block.to = to;
  }
  return { blocks: root, definitions, tasks };

  /** The spaces at this place. Tabs among them become spaces, all to the left having been columns before. */
  function spaces(): number {
    let end = pos;
    let column = pos;
    for (; line[end] === " " || line[end] === "\t"; end++) column += line[end] === " " ? 1 : 4 - (column % 4);
    if (column > end) line = line.slice(0, pos) + " ".repeat(column - pos) + line.slice(end);
    return column - pos;
  }

  /** Reads a line, and says from which depth on it was blank, if it was. */
  function readLine(end: number): number | undefined {
    let quoted = 0;
    let matched = 1;
    for (; matched < stack.length; matched++) {
      const container = stack[matched] as Container;
      const indent = spaces();
      if (!container.list) {
        if (indent > 3 || line[pos + indent] !== ">") break;
        pos += indent + 1;
        if (spaces()) pos++;
        quoted = matched;
      } else if (pos + indent >= line.length) {
        if (!container.children.length && !(leaf && matched === stack.length - 1)) break;
        pos += Math.min(indent, container.indent);
      } else if (indent >= container.indent) pos += container.indent;
      else break;
    }
    const all = () => matched === stack.length;

    if (leaf && leaf.type !== "paragraph" && !all()) leaf = null;
    if (leaf && leaf.type !== "paragraph" && leaf.type !== "table") {
      const went = goOn(leaf);
      if (went) return went === "blank" ? quoted : undefined;
    }

    for (;;) {
      const indent = spaces();
      const rest = line.slice(pos + indent);
      if (!rest) {
        close();
        leaf = null;
        return quoted;
      }
      const inParagraph: boolean = leaf?.type === "paragraph";
      const interrupts = inParagraph && all();
      if (indent > 3) {
        if (inParagraph) break;
        close();
        const block: Block = { type: "code", info: "", text: line.slice(pos + 4), fenced: false };
        add(block);
        leaf = { type: "indented", block, blanks: "" };
        return;
      }
      const first = rest.charAt(0);
      const deep = stack.length > DEPTH;
      if (first === ">" && !deep) {
        close();
        const block: Block = { type: "quote", children: [] };
        add(block);
        stack.push({ children: block.children, list: null, item: null, indent: 0 });
        pos += indent + 1;
        if (spaces()) pos++;
        quoted = matched++;
        leaf = null;
        continue;
      }
      const heading = HEADING.exec(rest);
      if (heading) {
        close();
        leaf = null;
        let text = strip(rest.slice(heading[1]?.length));
        let to = text.length;
        while (text[to - 1] === "#") to--;
        if (!to || /[ \t]/.test(text.charAt(to - 1))) text = strip(text.slice(0, to));
        add({ type: "heading", level: heading[1]?.length ?? 1, text });
        return;
      }
      const fence = FENCE.exec(rest);
      if (fence) {
        close();
        const mark = fence[1] ?? fence[2] ?? "";
        const block: Block = { type: "code", info: strip(rest.slice(mark.length)), text: "", fenced: false };
        add(block);
        leaf = { type: "fence", block, fence: mark, indent };
        return;
      }
      if (first === "<") {
        const kind = HTML.findIndex(([begin]) => begin.test(rest));
        const [, ends, missing] = HTML[kind] ?? [];
        if (kind >= 0 && !(kind === 6 && leaf)) {
          close();
          const block: Block = { type: "html", text: line.slice(pos), missing: missing ?? "" };
          add(block);
          leaf = { type: "html", block, end: ends ?? null };
          if (ends?.test(rest)) finish(block);
          return;
        }
      }
      if (interrupts && leaf?.type === "paragraph") {
        const { block } = leaf;
        if (UNDERLINE.test(rest) && !onlyDefinitions(block.text)) {
          Object.assign(block, { type: "heading", level: first === "=" ? 1 : 2 });
          leaf = null;
          return;
        }
        const align = MARKER.test(rest) ? null : alignment(rest);
        const head = align && /^[^\n|]*\|[^\n]*$/.test(block.text) ? cells(block.text) : null;
        if (align && head?.length === align.length) {
          const rows: string[][] = [];
          const text = `${block.text}\n${rest}`;
          const table = Object.assign(block, { type: "table", align, head, rows, text });
          leaf = { type: "table", block: table };
          return;
        }
      }
      if (RULE.test(rest)) {
        close();
        leaf = null;
        add({ type: "rule" });
        return;
      }
      const marker = MARKER.exec(rest);
      if (marker && !deep) {
        const [mark, number] = marker;
        const empty = !strip(rest.slice(mark.length));
        if (!(interrupts && (empty || (number && Number(number) !== 1)))) {
          close();
          leaf = null;
          const item = beginItem(mark.slice(-1), number);
          pos += indent + mark.length;
          const padding = spaces();
          let columns = indent + mark.length;
          if (empty || padding > 4) {
            columns++;
            pos++;
          } else {
            columns += padding;
            pos += padding;
          }
          stack.push({ children: item.children, list: item.list, item, indent: columns });
          matched++;
          if (empty) return;
          const task = TASK.exec(line.slice(pos));
          if (!task) continue;
          item.task = {
            index: tasks.length,
            checked: task[1] === "x" || task[1] === "X",
            at: end - line.length + pos + 1,
          };
          tasks.push(item.task);
          pos += task[0].length;
          pos += spaces();
          if (pos < line.length) paragraph(line.slice(pos));
          return;
        }
      }
      break;
    }

    const text = line.slice(pos + spaces());
    if (leaf?.type === "paragraph") {
      leaf.block.text += `\n${text}`;
      return;
    }
    if (leaf?.type === "table" && all()) {
      leaf.block.rows.push(cells(text));
      leaf.block.text += `\n${text}`;
      return;
    }
    close();
    paragraph(text);
    return;

    /** Leaves the containers that this line is not in. */
    function close() {
      stack.length = matched;
    }
  }

  /** A line inside of code or HTML; nothing if it ends there. */
  function goOn(open: Leaf & { type: "fence" | "indented" | "html" }): "blank" | "text" | undefined {
    const indent = spaces();
    const rest = line.slice(pos + indent);
    const { block } = open;
    if (open.type === "fence") {
      const mark = strip(rest);
      if (indent < 4 && mark.length >= open.fence.length && mark === open.fence.charAt(0).repeat(mark.length)) {
        Object.assign(block, { fenced: true });
        leaf = null;
      } else block.text += `${line.slice(pos + Math.min(indent, open.indent))}\n`;
      return "text";
    }
    if (open.type === "indented") {
      if (!rest) {
        open.blanks += `\n${line.slice(pos + Math.min(indent, 4))}`;
        return "blank";
      }
      if (indent < 4) return;
      block.text += `${open.blanks}\n${line.slice(pos + 4)}`;
      open.blanks = "";
      return "text";
    }
    if (!rest && !open.end) return;
    block.text += `\n${line.slice(pos)}`;
    if (open.end?.test(rest)) finish(open.block);
    return "text";
  }

  function finish(block: { missing: string }) {
    block.missing = "";
    leaf = null;
  }

  function add(block: Block) {
    const parent = stack.at(-1) as Container;
    if (parent.list && parent.children.length && stack.length > blankFrom) parent.list.loose = true;
    if (stack.length === 1) block.from = lineStart;
    parent.children.push(block);
  }

  function paragraph(text: string) {
    const block: Block & { type: "paragraph" } = { type: "paragraph", text };
    add(block);
    leaf = { type: "paragraph", block };
    if (text.startsWith("[")) candidates.push({ siblings: (stack.at(-1) as Container).children, block });
  }

  function beginItem(marker: string, number: string | undefined): Item & { list: List } {
    const before = stack.at(-1)?.children.at(-1);
    let list: List;
    if (before?.type === "list" && before.marker === marker) {
      list = before;
      if (stack.length > blankFrom) list.loose = true;
    } else {
      list = { type: "list", ordered: !!number, start: Number(number ?? 1), marker, loose: false, items: [] };
      add(list);
    }
    const item = { children: [], task: null, list };
    list.items.push(item);
    return item;
  }

  /** Takes the definitions from the beginning of a paragraph. */
  function define(siblings: Block[], block: Block & { type: "paragraph" }) {
    let end = 0;
    for (let found = definitionAt(block.text, end); found; found = definitionAt(block.text, end)) {
      const label = labelOf(found.label);
      if (!definitions.has(label)) definitions.set(label, found);
      end = found.end;
    }
    if (!end) return;
    const definition: Block = { type: "definition", text: block.text.slice(0, end).trimEnd() };
    block.text = block.text.slice(end);
    siblings.splice(siblings.indexOf(block), block.text ? 0 : 1, definition);
    if (!block.text && block.from !== undefined) definition.from = block.from;
    delete block.from;
  }
}

function onlyDefinitions(text: string): boolean {
  let end = 0;
  for (let found = definitionAt(text, end); found; found = definitionAt(text, end)) end = found.end;
  return end > 0 && end >= text.length;
}

/** `[label]: address "title"` at this place. */
function definitionAt(text: string, at: number): { label: string; href: string; title: string; end: number } | null {
  const begin = /\[((?:\\[^]|[^\\[\]]){1,999})\]:[ \t]*\n?[ \t]*/y;
  begin.lastIndex = at;
  const [all = "", label = ""] = begin.exec(text) ?? [];
  const href = label.trim() ? address(text, at + all.length) : null;
  if (!href || href[1] === at + all.length) return null;
  const space = /[ \t]*\n?[ \t]*/y;
  space.lastIndex = href[1];
  const behind = href[1] + (space.exec(text)?.[0].length ?? 0);
  const named = behind > href[1] ? title(text, behind) : null;
  const rest = /[ \t]*(?:\n|$)/y;
  rest.lastIndex = named?.[1] ?? href[1];
  if (rest.exec(text)) return { label, href: href[0], title: named?.[0] ?? "", end: rest.lastIndex };
  rest.lastIndex = href[1];
  return named && rest.exec(text) ? { label, href: href[0], title: "", end: rest.lastIndex } : null;
}

function alignment(line: string): Align[] | null {
  if (!/^[|:\- \t]+$/.test(line) || !line.includes("-")) return null;
  const found = cells(line);
  if (!line.includes("|") || !found.every((cell) => /^:?-+:?$/.test(cell))) return null;
  return found.map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : cell.startsWith(":") ? "left" : "",
  );
}

/** The cells of a row of a table. */
export function cells(line: string): string[] {
  const parts = strip(line).match(/(?:\\[^]|[^\\|])+|\|/g) ?? [];
  const found: string[] = [];
  let cell = "";
  for (const part of parts) {
    if (part === "|") {
      found.push(strip(cell));
      cell = "";
    } else cell += part.replaceAll("\\|", "|");
  }
  if (parts[0] === "|") found.shift();
  if (parts.at(-1) !== "|" || !parts.length) found.push(strip(cell));
  return found;
}
