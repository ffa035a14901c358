// The height that a card will have, before it is drawn: by the length of its lines, in the page's own type.
import type { Note } from "../api/client";
import { EXCERPT, EXCERPT_LINES } from "../markdown/excerpt";

/** Of the root's font size: see the styles of cards. */
const PADDING = 1.9;
const TITLE_LINE = 1.29;
const TITLE_CHARACTER = 0.52;
const LINE = 1.36;
const CHARACTER = 0.45;
const PARAGRAPH = 0.54;
const CHIPS = 2.2;
const PROGRESS = 1.6;
const LEAST = 5;
const MOST_BODY = 18;

/** Height of a note's card in pixels, `width` pixels wide, where the root's font has `rem` pixels. */
export function estimate(note: Note, width: number, rem: number): number {
  const inner = width / rem - 2.1;
  let height = PADDING;
  if (note.title) {
    height += Math.min(4, Math.ceil((note.title.length * TITLE_CHARACTER) / (inner - 1.75))) * TITLE_LINE + 0.3;
  }
  let body = 0;
  const { content } = note;
  const end = Math.min(content.length, EXCERPT);
  for (let from = 0, lines = 0; from < end && lines < EXCERPT_LINES && body < MOST_BODY; lines++) {
    const stop = content.indexOf("\n", from);
    const to = stop < 0 || stop > end ? end : stop;
    body += to === from ? PARAGRAPH : Math.ceil(((to - from) * CHARACTER) / inner) * LINE;
    from = to + 1;
  }
  height += Math.min(MOST_BODY, body);
  if (note.reminderAt || note.shared || note.labelIds.length > 0) height += CHIPS;
  if (content.includes("[ ]")) height += PROGRESS;
  return Math.max(LEAST, height) * rem;
}
