// Makes the steps again that could be undone before a reload.

import { closeHistory, undo } from "prosemirror-history";
import type { EditorState } from "prosemirror-state";
import { PREFIX, type Difference, type Kept, type Text } from "../log";
import { read } from "../read";
import { changed } from "./taken";

/** Reading all the steps again takes time: of long notes only the last ones. */
const WORK = 1_500_000;

/** The steps of a note as it is now, if they were kept: the text at each, and which of them it is at. */
export function recall(name: string, now: Text): { texts: Text[]; at: number } | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null") as Kept | null;
    if (!kept || kept.now.title !== now.title || kept.now.content !== now.content) return null;
    const most = Math.max(1, Math.floor(WORK / (now.content.length + 100)));
    const before = unrolled(now, kept.before.slice(0, most));
    const after = unrolled(now, kept.after.slice(0, most));
    return { texts: [...before.reverse(), now, ...after], at: before.length };
  } catch {
    return null;
  }
}

/** Makes the steps again. */
export function redone(start: EditorState, texts: Text[], at: number): EditorState {
  let state = start;
  for (const text of texts.slice(1)) state = state.apply(closeHistory(changed(state, read(text.content), text.title)));
  for (let step = texts.length - 1; step > at; step--) undo(state, (tr) => (state = state.apply(tr)));
  return state;
}

function unrolled(from: Text, steps: [Difference, Difference][]): Text[] {
  const found: Text[] = [];
  let text = from;
  for (const [title, content] of steps) {
    text = { title: applied(text.title, title), content: applied(text.content, content) };
    found.push(text);
  }
  return found;
}

function applied(from: string, [start, end, text]: Difference): string {
  return from.slice(0, start) + text + from.slice(from.length - end);
}
