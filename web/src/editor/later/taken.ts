// Takes a note that comes from elsewhere into what is being edited: block by block, so that the cursor stays where it is and what was just typed
// stays, too.
import { type Node, Slice } from "prosemirror-model";
import { type EditorState, Selection, type Transaction } from "prosemirror-state";
import { merge3 } from "../../state/merge";
import type { Text } from "../log";
import type { Note } from "../read";

/** Spaces at the end of a block, which Markdown does not keep: somebody is about to go on there. */
function spacesOf(block: Node): string {
  if (!block.isTextblock || block.type.spec.code) return "";
  return /[ \u00a0]*$/.exec(block.textBetween(0, block.content.size, undefined, "\ufffc"))?.[0] ?? "";
}

/** Whether two blocks are the same but for such spaces. */
function same(now: Node, next: Node): boolean {
  if (now.eq(next)) return true;
  if (!now.sameMarkup(next)) return false;
  if (now.isTextblock) {
    const cut = (block: Node): Node => block.cut(0, block.content.size - spacesOf(block).length);
    return cut(now).eq(cut(next));
  }
  return now.childCount === next.childCount && now.children.every((child, at) => same(child, next.child(at)));
}

/** Merges two texts that go back to a third one; where they cannot be merged, that of this editor is taken. */
export function merged(base: Text, mine: Text, theirs: Text): Text {
  return {
    title: merge3(base.title, mine.title, theirs.title) ?? mine.title,
    content: merge3(base.content, mine.content, theirs.content) ?? mine.content,
  };
}

/** Changes the document to another where they differ. */
export function taken(state: EditorState, next: Node): Transaction {
  const { tr, doc } = state;
  change(tr, doc, next, 0);
  if (!same(tr.doc, next)) {
    const { anchor } = state.selection;
    tr.replace(0, tr.doc.content.size, new Slice(next.content, 0, 0));
    tr.setSelection(Selection.near(tr.doc.resolve(Math.min(anchor, tr.doc.content.size))));
  }
  return tr;
}

/** Changes a document to a note where they differ. */
export function changed(state: EditorState, note: Note, title: string): Transaction {
  const before = state.doc.attrs["title"] as string;
  const tr = taken(state, note.doc.type.create({ title: before }, note.doc.content));
  if (before !== title) tr.setDocAttribute("title", title);
  return tr;
}

/** Changes what is in a node whose content begins at `start`; from the end, so that the places before stay. */
function change(tr: Transaction, now: Node, next: Node, start: number): void {
  if (same(now, next)) return;
  if (now.isTextblock || now.childCount === 0 || next.childCount === 0) return replace(tr, now, next, start);
  let first = 0;
  const fewer = Math.min(now.childCount, next.childCount);
  while (first < fewer && same(now.child(first), next.child(first))) first += 1;
  let last = 0;
  while (last < fewer - first && same(now.child(now.childCount - 1 - last), next.child(next.childCount - 1 - last)))
    last += 1;
  const places: number[] = [];
  now.forEach((_, offset) => places.push(start + offset));
  places.push(start + now.content.size);
  const [end, nextEnd] = [now.childCount - last, next.childCount - last];
  if (end !== nextEnd) {
    tr.replaceWith(places[first]!, places[end]!, next.children.slice(first, nextEnd));
    return;
  }
  for (let at = end - 1; at >= first; at -= 1) {
    const [old, changed, place] = [now.child(at), next.child(at), places[at]!];
    if (old.sameMarkup(changed)) change(tr, old, changed, place + 1);
    else tr.replaceWith(place, place + old.nodeSize, changed);
  }
}

function replace(tr: Transaction, now: Node, next: Node, start: number): void {
  const from = now.content.findDiffStart(next.content);
  const to = now.content.findDiffEnd(next.content);
  if (from === null || !to) return;
  const overlap = Math.max(from - Math.min(to.a, to.b), 0);
  tr.replace(start + from, start + to.a + overlap, next.slice(from, to.b + overlap));
}
