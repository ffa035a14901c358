// Moves items of lists, rows of tables and blocks.

import type { Node, ResolvedPos } from "prosemirror-model";
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "./schema";
import { cellAt, moveRow } from "./tables";

const { nodes } = schema;

/** The depth of what Alt and an arrow move: the item around the cursor, else the outermost block. */
function depthOf($pos: ResolvedPos): number {
  for (let depth = $pos.depth; depth > 0; depth--) if ($pos.node(depth).type === nodes.item) return depth;
  return Math.min($pos.depth, 1);
}

/** Puts the item or block of the cursor one place further; says nothing could be done at the edge. */
export function move(step: -1 | 1, say: (text: string) => void): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if (cellAt($from)) return moveRow(step)(state, dispatch);
    const depth = depthOf($from);
    if (!depth) return false;
    const parent = $from.node(depth - 1);
    const index = $from.index(depth - 1);
    const other = parent.maybeChild(index + step);
    if (!other) {
      say(step < 0 ? "It is the first already" : "It is the last already");
      return true;
    }
    const from = $from.before(depth);
    const node = $from.node(depth);
    const to = step < 0 ? from - other.nodeSize : from + node.nodeSize + other.nodeSize;
    dispatch?.(moved(state, from, to).scrollIntoView());
    say(`Moved to place ${index + step + 1} of ${parent.childCount}`);
    return true;
  };
}

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
  return tr.setSelection(Selection.fromJSON(tr.doc, next.selection.toJSON()));
}
