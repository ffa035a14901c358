// The words in which two versions of a text differ, marked where they are shown.
import { changes, words } from "../state/merge";

/** A piece of a text, from `from` up to `to`. */
export interface Piece {
  from: number;
  to: number;
}

/** The pieces of each text that the other does not have: lines first, and words within lines that differ. */
export function differences(a: string, b: string): [Piece[], Piece[]] {
  const found: [Piece[], Piece[]] = [[], []];
  const [old, now] = [a.split("\n"), b.split("\n")];
  let [i, j, x, y] = [0, 0, 0, 0];
  const pass = (to: number): void => {
    for (; i < to; i++, j++) {
      x += old[i]!.length + 1;
      y += now[j]!.length + 1;
    }
  };
  for (const { from, to, by } of changes(old, now)) {
    pass(from);
    const [mine, theirs] = [old.slice(from, to).join("\n"), by.join("\n")];
    compareWords(mine, theirs, x, y, found);
    // A side without a line has no break after it either.
    x += to > from ? mine.length + 1 : 0;
    y += by.length > 0 ? theirs.length + 1 : 0;
    i = to;
    j += by.length;
  }
  return [joined(a, found[0]), joined(b, found[1])];
}

function compareWords(a: string, b: string, x: number, y: number, [left, right]: [Piece[], Piece[]]): void {
  const [old, now] = [words([a]), words([b])];
  let [i, j] = [0, 0];
  for (const { from, to, by } of changes(old, now)) {
    for (; i < from; i++, j++) {
      x += old[i]!.length;
      y += now[j]!.length;
    }
    const [mine, theirs] = [old.slice(from, to).join("").length, by.join("").length];
    if (mine > 0) left.push({ from: x, to: x + mine });
    if (theirs > 0) right.push({ from: y, to: y + theirs });
    x += mine;
    y += theirs;
    i = to;
    j += by.length;
  }
}

/** Pieces with only spaces between them are one, and spaces alone are no difference that is seen. */
function joined(text: string, pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const { from, to } of pieces) {
    const last = result.at(-1);
    if (last && /^[^\S\n]*$/.test(text.slice(last.to, from))) last.to = to;
    else result.push({ from, to });
  }
  return result.flatMap(({ from, to }) => {
    const piece = text.slice(from, to);
    const inner = piece.trim();
    const start = from + piece.indexOf(inner);
    return inner ? [{ from: start, to: start + inner.length }] : [];
  });
}

/** A text in pieces, each with whether it differs. */
export function split(text: string, pieces: readonly Piece[]): { text: string; differs: boolean }[] {
  const result: { text: string; differs: boolean }[] = [];
  let done = 0;
  for (const { from, to } of pieces) {
    if (from > done) result.push({ text: text.slice(done, from), differs: false });
    result.push({ text: text.slice(from, to), differs: true });
    done = to;
  }
  if (done < text.length) result.push({ text: text.slice(done), differs: false });
  return result;
}

const BLOCK = "p, h3, h4, h5, h6, li, pre, th, td";
const SEEN = "differs";

/** What is read of an element: its lines, with a sign for each checkbox, and where each node of it begins there. */
function read(root: HTMLElement): { text: string; nodes: { node: Text | HTMLInputElement; at: number }[] } {
  let text = "";
  const nodes: { node: Text | HTMLInputElement; at: number }[] = [];
  let block: Element | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof HTMLBRElement) text += "\n";
    if (!(node instanceof Text) && !(node instanceof HTMLInputElement)) continue;
    const around: Element | null = node.parentElement!.closest(BLOCK);
    // A checkbox stands before the paragraph of its item.
    if (around !== block && !(block && text.endsWith("\u2063") && block.contains(around))) text += "\n";
    block = around;
    nodes.push({ node, at: text.length });
    text += node instanceof Text ? node.data : `${node.checked ? "☑" : "☐"}\u2063`;
  }
  return { text, nodes };
}

/** Marks the words of two elements that show Markdown in which they differ, and nothing else any more. */
export function markDifferences(a: HTMLElement, b: HTMLElement): void {
  for (const root of [a, b]) {
    for (const mark of root.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
    for (const box of root.querySelectorAll(`.${SEEN}`)) box.classList.remove(SEEN);
    root.normalize();
  }
  const [left, right] = [read(a), read(b)];
  const [mine, theirs] = differences(left.text, right.text);
  mark(left.nodes, mine);
  mark(right.nodes, theirs);
}

function mark(nodes: ReturnType<typeof read>["nodes"], pieces: readonly Piece[]): void {
  for (const { node, at } of nodes) {
    if (node instanceof HTMLInputElement) {
      if (pieces.some(({ from, to }) => from <= at && at < to)) node.classList.add(SEEN);
      continue;
    }
    const own = pieces
      .map(({ from, to }) => ({ from: Math.max(from - at, 0), to: Math.min(to - at, node.length) }))
      .filter(({ from, to }) => from < to);
    if (own.length === 0) continue;
    node.replaceWith(
      ...split(node.data, own).map(({ text, differs }) => {
        if (!differs) return text;
        const element = document.createElement("mark");
        element.append(text);
        return element;
      }),
    );
  }
}
