// Text with marks: emphasis, code, links. The algorithm of CommonMark's appendix, in time linear in the length of the text.

export type Inline =
  | string
  | { type: "code"; text: string }
  | { type: "break"; hard: boolean }
  | { type: "html"; text: string }
  | Mark
  | Link;

export interface Mark {
  type: "strong" | "em" | "strike";
  children: Inline[];
}

export interface Link {
  type: "link" | "image";
  href: string;
  title: string;
  /** As it was written. */
  source: string;
  /** The label of its definition, if its address stands elsewhere in the note. */
  label: string | null;
  children: Inline[];
}

export interface Definition {
  href: string;
  title: string;
}

export type Definitions = Map<string, Definition>;

/** Marks inside of marks are taken as text from here on, so that no note overflows the stack of who walks over it. */
const DEPTH = 50;
const PARENTHESES = 32;

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const SYMBOL = /[\p{P}\p{S}]/u;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]+));/y;
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  euro: "€",
  laquo: "«",
  raquo: "»",
};
const AUTOLINK =
  /<([a-zA-Z][a-zA-Z\d+.-]{1,31}:[^\s<>]*|([\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z\d](?:[a-zA-Z\d.-]*[a-zA-Z\d])?))>/y;
const TAG =
  /<(?:[a-zA-Z][a-zA-Z\d-]*(?:\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?|\/[a-zA-Z][a-zA-Z\d-]*\s*)>/y;
/** What begins and ends pieces of HTML that are not tags. */
const QUOTED: [string, string][] = [
  ["<!--", "-->"],
  ["<?", "?>"],
  ["<![CDATA[", "]]>"],
  ["<!", ">"],
];
const PLAIN = /[^\\`*_~[\]!<&\n]+/y;
const ANGLE = /<((?:\\[^]|[^\\<>\n])*)>/y;
const TITLE = /"((?:\\[^]|[^\\"])*)"|'((?:\\[^]|[^\\'])*)'|\(((?:\\[^]|[^\\()])*)\)/y;
const SPACE = /\s*/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skip(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.[0].length ?? 0);
}

/** The character that an entity at this place stands for, and its length. */
function entity(text: string, at: number): [string, number] | null {
  const found = match(ENTITY, text, at);
  if (!found) return null;
  const [all, decimal, hex, name] = found;
  const named = name && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  if (name) return named ? [named, all.length] : null;
  const code = decimal ? parseInt(decimal, 10) : parseInt(hex ?? "", 16);
  return [code && code < 0x110000 ? String.fromCodePoint(code) : "\ufffd", all.length];
}

/** Text without backslashes and entities. */
export function unescape(text: string): string {
  return text.replace(
    /\\([!-/:-@[-`{-~])|&[#\w]+;/g,
    (all: string, char?: string) => char ?? entity(all, 0)?.[0] ?? all,
  );
}

/** Without the spaces around it; those that do not break are text. */
export function strip(text: string): string {
  let from = 0;
  let to = text.length;
  const blank = (at: number) => text[at] === " " || text[at] === "\t";
  while (from < to && blank(from)) from++;
  while (to > from && blank(to - 1)) to--;
  return text.slice(from, to);
}

export function labelOf(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/** An address, and where it ends. */
export function address(text: string, at: number): [string, number] | null {
  if (text[at] === "<") {
    const angle = match(ANGLE, text, at);
    return angle && [unescape(angle[1] ?? ""), at + angle[0].length];
  }
  let depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    const char = text.charAt(end);
    if (char === "\\" && PUNCTUATION.test(text.charAt(end + 1))) end++;
    else if (char === "(" && ++depth > PARENTHESES) return null;
    else if (char === ")" && depth-- === 0) break;
    else if (char <= " " || char === "\x7f") break;
  }
  return depth > 0 ? null : [unescape(text.slice(at, end)), end];
}

/** A title in quotation marks or parentheses, and where it ends. */
export function title(text: string, at: number): [string, number] | null {
  const found = match(TITLE, text, at);
  return found && [unescape(found[1] ?? found[2] ?? found[3] ?? ""), at + found[0].length];
}

/** `(address "title")`, and where it ends. */
function target(text: string, at: number): [Definition, number] | null {
  if (text[at] !== "(") return null;
  const from = skip(text, at + 1);
  const href = address(text, from);
  if (!href) return null;
  let end = skip(text, href[1]);
  const named = end > href[1] ? title(text, end) : null;
  if (named) end = skip(text, named[1]);
  return text[end] === ")" ? [{ href: href[0], title: named?.[0] ?? "" }, end + 1] : null;
}

interface Delimiter {
  at: number;
  char: string;
  length: number;
  /** How many of its characters are left. */
  left: number;
  opens: boolean;
  closes: boolean;
  previous: Delimiter | null;
  next: Delimiter | null;
  /** What begins here, the innermost first. */
  opened: Mark[];
  /** How much ends here. */
  closed: number;
}

type Token = Inline | { begin: Link | Mark } | { end: true } | { run: Delimiter };

interface Bracket {
  token: number;
  image: boolean;
  /** The place behind it. */
  at: number;
  before: Delimiter | null;
}

/** What the text of a paragraph or heading says. */
export function inline(text: string, definitions: Definitions): Inline[] {
  text = strip(text);
  const tokens: Token[] = [];
  const brackets: Bracket[] = [];
  /** Brackets below this one are inside of no link any more: links do not nest. */
  let dead = 0;
  let last: Delimiter | null = null;
  let at = 0;
  let ticks: Map<number, number[]> | null = null;
  const missing = new Set<string>();

  while (at < text.length) {
    const plain = match(PLAIN, text, at);
    if (plain) {
      tokens.push(plain[0]);
      at += plain[0].length;
      continue;
    }
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === "\n") {
      newline();
    } else if (char === "\\") {
      if (next === "\n") tokens.push({ type: "break", hard: true });
      else tokens.push(PUNCTUATION.test(next) ? next : "\\");
      at += next === "\n" || PUNCTUATION.test(next) ? 2 : 1;
    } else if (char === "`") {
      code();
    } else if (char === "*" || char === "_" || char === "~") {
      delimiter(char);
    } else if (char === "[" || (char === "!" && next === "[")) {
      const length = char === "!" ? 2 : 1;
      at += length;
      brackets.push({ token: tokens.length, image: length === 2, at, before: last });
      tokens.push(char === "!" ? "![" : "[");
    } else if (char === "]") {
      bracket();
    } else if (char === "<") {
      angle();
    } else {
      const found = char === "&" ? entity(text, at) : null;
      tokens.push(found ? found[0] : char);
      at += found ? found[1] : 1;
    }
  }
  pair(null);
  return build(tokens);

  function newline() {
    const before = tokens.at(-1);
    let hard = false;
    if (typeof before === "string") {
      let end = before.length;
      while (before[end - 1] === " ") end--;
      hard = before.length - end > 1;
      tokens[tokens.length - 1] = before.slice(0, end);
    }
    tokens.push({ type: "break", hard });
    at++;
    while (text[at] === " ") at++;
  }

  function code() {
    if (!ticks) {
      ticks = new Map();
      for (const run of text.matchAll(/`+/g)) {
        const places = ticks.get(run[0].length);
        if (places) places.push(run.index);
        else ticks.set(run[0].length, [run.index]);
      }
      for (const places of ticks.values()) places.reverse();
    }
    let length = 1;
    while (text[at + length] === "`") length++;
    const places = ticks.get(length) ?? [];
    let end = places.at(-1);
    // A run behind a backslash counts as one character shorter at its beginning, but as it is at its end.
    while (end !== undefined && end < at + length) {
      places.pop();
      end = places.at(-1);
    }
    if (end === undefined) {
      tokens.push(text.slice(at, at + length));
      at += length;
      return;
    }
    let inner = text.slice(at + length, end).replaceAll("\n", " ");
    if (inner.startsWith(" ") && inner.endsWith(" ") && inner.trim()) inner = inner.slice(1, -1);
    tokens.push({ type: "code", text: inner });
    at = end + length;
  }

  function delimiter(char: string) {
    let end = at + 1;
    while (text[end] === char) end++;
    const length = end - at;
    const behind = text.codePointAt(end);
    const low = /[\udc00-\udfff]/.test(text.charAt(at - 1));
    const before = at ? text.slice(low ? at - 2 : at - 1, at) : " ";
    const after = behind === undefined ? " " : String.fromCodePoint(behind);
    const left = !/\s/.test(after) && (!SYMBOL.test(after) || /\s/.test(before) || SYMBOL.test(before));
    const right = !/\s/.test(before) && (!SYMBOL.test(before) || /\s/.test(after) || SYMBOL.test(after));
    const run: Delimiter = {
      at: tokens.length,
      char,
      length,
      left: length,
      opens: left && (char !== "_" || !right || SYMBOL.test(before)),
      closes: right && (char !== "_" || !left || SYMBOL.test(after)),
      previous: last,
      next: null,
      opened: [],
      closed: 0,
    };
    tokens.push({ run });
    at = end;
    if (char === "~" && length > 2) return;
    if (last) last.next = run;
    last = run;
  }

  function bracket() {
    const opener = brackets.pop();
    const from = at++;
    const active = opener && (opener.image || brackets.length >= dead);
    dead = Math.min(dead, brackets.length);
    let found = active ? target(text, at) : null;
    let label: string | null = null;
    if (active && !found && definitions.size) {
      const explicit = match(/\[((?:\\[^]|[^\\[\]]){0,999})\]/y, text, at);
      label = explicit?.[1] || (from - opener.at < 1000 ? text.slice(opener.at, from) : "");
      const definition = definitions.get(labelOf(label));
      if (definition) found = [definition, at + (explicit?.[0].length ?? 0)];
    }
    if (!opener || !found) {
      tokens.push("]");
      return;
    }
    pair(opener.before);
    at = found[1];
    const link: Link = {
      type: opener.image ? "image" : "link",
      ...found[0],
      source: text.slice(opener.at - (opener.image ? 2 : 1), at),
      label,
      children: [],
    };
    tokens[opener.token] = { begin: link };
    tokens.push({ end: true });
    if (!opener.image) dead = brackets.length;
  }

  function angle() {
    const link = match(AUTOLINK, text, at);
    if (link) {
      const [source, children, mail] = link;
      const href = mail ? `mailto:${mail}` : (children ?? "");
      tokens.push({ type: "link", href, title: "", source, label: null, children: [children ?? ""] });
      at += source.length;
      return;
    }
    let html = match(TAG, text, at)?.[0];
    for (const [begin, end] of QUOTED) {
      if (html || missing.has(end) || !text.startsWith(begin, at)) continue;
      if (begin === "<!" && !/[a-z]/i.test(text.charAt(at + 2))) continue;
      // `<!-->` and `<!--->` are comments, too.
      const to = text.indexOf(end, at + (begin === "<!--" ? 2 : begin.length));
      if (to < 0) missing.add(end);
      else html = text.slice(at, to + end.length);
    }
    tokens.push(html ? { type: "html", text: html } : "<");
    at += html?.length ?? 1;
  }

  /** Finds the pairs among the delimiters behind `bottom`, and forgets these. */
  function pair(bottom: Delimiter | null) {
    const floors = new Map<string, number>();
    let closer = bottom ? bottom.next : last;
    if (!bottom) while (closer?.previous) closer = closer.previous;
    while (closer) {
      const { char, length, opens, closes } = closer;
      const kind = `${char}${opens}${char === "~" ? length : length % 3}`;
      const floor = floors.get(kind) ?? bottom?.at ?? -1;
      let opener: Delimiter | null = closes ? closer.previous : null;
      while (opener && opener.at > floor && !fits(opener, closer)) opener = opener.previous;
      if (opener && opener.at > floor) {
        const count = char === "~" ? length : Math.min(opener.left, closer.left, 2);
        opener.opened.push({ type: char === "~" ? "strike" : count === 2 ? "strong" : "em", children: [] });
        closer.closed++;
        opener.left -= count;
        closer.left -= count;
        opener.next = closer;
        closer.previous = opener;
        if (!opener.left) remove(opener);
        if (closer.left) continue;
        remove(closer);
      } else if (closes) {
        floors.set(kind, closer.previous?.at ?? -1);
        if (!opens) remove(closer);
      }
      closer = closer.next;
    }
    last = bottom;
    if (last) last.next = null;
  }

  function remove(run: Delimiter) {
    if (run.previous) run.previous.next = run.next;
    if (run.next) run.next.previous = run.previous;
    else last = run.previous;
  }
}

function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.char !== closer.char || !opener.opens) return false;
  if (closer.char === "~") return opener.length === closer.length;
  const sum = opener.length + closer.length;
  return !((opener.closes || closer.opens) && sum % 3 === 0 && opener.length % 3 !== 0);
}

function build(tokens: Token[]): Inline[] {
  const root: Inline[] = [];
  const stack = [root];
  let skipped = 0;
  const add = (node: Inline) => {
    const into = stack.at(-1) ?? root;
    const before = into.at(-1);
    if (typeof node === "string" && typeof before === "string") into[into.length - 1] = before + node;
    else if (node !== "") into.push(node);
  };
  const begin = (node: Link | Mark) => {
    if (stack.length > DEPTH) skipped++;
    else {
      add(node);
      stack.push(node.children);
    }
  };
  const end = () => {
    if (skipped) skipped--;
    else stack.pop();
  };
  for (const token of tokens) {
    if (typeof token === "string" || "type" in token) add(token);
    else if ("begin" in token) begin(token.begin);
    else if ("end" in token) end();
    else {
      const { run } = token;
      for (let count = run.closed; count > 0; count--) end();
      add(run.char.repeat(run.left));
      for (const mark of run.opened.reverse()) begin(mark);
    }
  }
  return root;
}

/** The text that marks stand around. */
export function textOf(nodes: Inline[]): string {
  return nodes
    .map((node) =>
      typeof node === "string" ? node : "children" in node ? textOf(node.children) : "text" in node ? node.text : " ",
    )
    .join("");
}
