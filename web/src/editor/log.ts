// What can be undone, kept for the time after a reload: the note as it was after each step, as differences.

import { isHistoryTransaction, undoDepth } from "prosemirror-history";
import type { EditorState, Transaction } from "prosemirror-state";

export interface Text {
  title: string;
  content: string;
}

/** One text by another: what stands between a beginning and an end that both have. */
export type Difference = [start: number, end: number, between: string];

export interface Kept {
  /** The text at `at`. */
  now: Text;
  at: number;
  /** From there backwards, and forwards. */
  before: [Difference, Difference][];
  after: [Difference, Difference][];
}

const STEPS = 100;
const SIZE = 200_000;

export class Log {
  /** The text after each step; the first one is where it began. */
  #texts: Text[];
  /** How many steps can be undone that are not here. */
  #offset = 0;
  #at = 0;

  constructor(
    first: Text,
    /** What is called the note in the storage; nothing is kept without. */
    private readonly name: () => string | undefined,
  ) {
    this.#texts = [first];
  }

  /** Goes on from steps that were kept. */
  recall(texts: Text[], at: number): void {
    this.#texts = [...texts];
    this.#at = at;
  }

  /** Takes a change down. */
  note(tr: Transaction, state: EditorState, text: Text): void {
    const depth = undoDepth(state) - this.#offset;
    // What others wrote lies between the steps: what was before it is no text that one comes back to.
    const stepped = isHistoryTransaction(tr);
    if (tr.getMeta("taken") || depth < (stepped ? 0 : this.#at) || depth > this.#texts.length) {
      this.#texts = [text];
      this.#offset = undoDepth(state);
      this.#at = 0;
      return;
    }
    this.#at = depth;
    if (!stepped) this.#texts.length = depth;
    this.#texts[depth] = text;
    while (this.#texts.length > STEPS && this.#at > 0) {
      this.#texts.shift();
      this.#offset++;
      this.#at--;
    }
  }

  keep(): void {
    const name = this.name();
    if (!name) return;
    const texts = this.#texts;
    const now = texts[this.#at];
    if (!now) return;
    const kept: Kept = { now, at: 0, before: [], after: [] };
    let size = now.content.length;
    for (let at = this.#at; at > 0 && size < SIZE; at--) {
      const [from, to] = [texts[at], texts[at - 1]] as [Text, Text];
      const step = difference(from, to);
      size += step[0][2].length + step[1][2].length;
      if (size < SIZE) kept.before.push(step);
    }
    for (let at = this.#at; at + 1 < texts.length && size < SIZE; at++) {
      const step = difference(texts[at] as Text, texts[at + 1] as Text);
      size += step[0][2].length + step[1][2].length;
      if (size < SIZE) kept.after.push(step);
    }
    try {
      if (kept.before.length + kept.after.length) sessionStorage.setItem(PREFIX + name, JSON.stringify(kept));
    } catch {
      // Then a reload is the end of it.
    }
  }
}

export const PREFIX = "undo:";

/** Whether steps of a note were kept. */
export function hasSteps(name: string | undefined): boolean {
  try {
    return name !== undefined && sessionStorage.getItem(PREFIX + name) !== null;
  } catch {
    return false;
  }
}

function difference(from: Text, to: Text): [Difference, Difference] {
  return [between(from.title, to.title), between(from.content, to.content)];
}

function between(from: string, to: string): Difference {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && from.charCodeAt(from.length - 1 - end) === to.charCodeAt(to.length - 1 - end)) end++;
  return [start, end, to.slice(start, to.length - end)];
}
