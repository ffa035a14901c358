// Takes items of lists and blocks to another place.

import type { Node } from "prosemirror-model";
import { Selection, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "./schema";

const { nodes } = schema;

/** Takes the node at one place to another; a selection inside of it goes along. */
export function moved(state: EditorState, from: number, to: number): Transaction {
  const node = state.doc.nodeAt(from) as Node;
  const end = from + node.nodeSize;
  const $from = state.doc.resolve(from);
  const { tr } = state;
  const { anchor, head } = state.selection;
  // Of a list whose last item goes nothing stays.
  if (node.type === nodes.item && $from.parent.childCount === 1) tr.delete($from.before(), $from.after());
  else tr.delete(from, end);
  const at = tr.mapping.map(to);
  tr.insert(at, node);
  const inside = (pos: number) => pos > from && pos < end;
  if (inside(anchor) && inside(head)) {
    const by = at - from;
    const $anchor = tr.doc.resolve(anchor + by);
    const $head = tr.doc.resolve(head + by);
    tr.setSelection(
      $anchor.parent.inlineContent && $head.parent.inlineContent
        ? TextSelection.between($anchor, $head)
        : Selection.near($head),
    );
  }
  return tr;
}

/** Checks or unchecks the task at a place; where done ones sink, it goes to the border between those that are done and those that are not. */
export function check(state: EditorState, pos: number, checked: boolean, sink: boolean): Transaction {
  const tr = state.tr.setNodeAttribute(pos, "checked", checked);
  if (!sink) return tr;
  const $pos = tr.doc.resolve(pos);
  const list = $pos.parent;
  if (list.type !== nodes.bullet_list || list.children.some((item) => item.attrs["checked"] === null)) return tr;
  let to = $pos.start();
  list.children.forEach((item, index) => {
    if (index !== $pos.index() && !item.attrs["checked"]) to = $pos.posAtIndex(index + 1);
  });
  const size = (tr.doc.nodeAt(pos) as Node).nodeSize;
  if (to === pos || to === pos + size) return tr;
  const next = moved(state.apply(tr), pos, to);
  // As one change: what was moved is what was checked.
  for (const step of next.steps) tr.step(step);
  return tr.setSelection(next.selection.getBookmark().resolve(tr.doc));
}
