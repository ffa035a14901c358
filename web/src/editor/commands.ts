// What the toolbar and the keyboard do.

import { autoJoin, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import type { Attrs, MarkType, Node, NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapRangeInList } from "prosemirror-schema-list";
import {
  AllSelection,
  Selection,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from "prosemirror-state";
import { check } from "./moves";
import { schema } from "./schema";

const { nodes, marks } = schema;

export type ListKind = "bullets" | "numbers" | "tasks";

/** Of all that is selected, the text: what is around it is found from there. */
function textual(state: EditorState): EditorState {
  const { doc, selection, tr } = state;
  if (!(selection instanceof AllSelection)) return state;
  return state.apply(tr.setSelection(TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))));
}

/** The innermost node of a kind around a place, and its depth. */
function around($pos: ResolvedPos, fits: (node: Node) => boolean): { node: Node; depth: number } | null {
  for (let depth = $pos.depth; depth > 0; depth--) {
    const node = $pos.node(depth);
    if (fits(node)) return { node, depth };
  }
  return null;
}

const isList = (node: Node) => node.type.isInGroup("list");

export function listKind(state: EditorState): ListKind | null {
  const { $from } = textual(state).selection;
  const item = around($from, (node) => node.type === nodes.item);
  if (!item) return null;
  if (item.node.attrs["checked"] !== null) return "tasks";
  return $from.node(item.depth - 1).type === nodes.ordered_list ? "numbers" : "bullets";
}

export function isMarked(state: EditorState, type: MarkType): boolean {
  const { from, $from, to, empty } = state.selection;
  if (empty) return !!type.isInSet(state.storedMarks ?? $from.marks());
  return state.doc.rangeHasMark(from, to, type);
}

export function isIn(state: EditorState, type: NodeType, attrs: Attrs = {}): boolean {
  const { $from } = textual(state).selection;
  const found = around($from, (node) => node.type === type);
  return !!found && Object.entries(attrs).every(([name, value]) => found.node.attrs[name] === value);
}

/** Sets whether the items of the selection are tasks. */
function setTasks(tr: Transaction, tasks: boolean): Transaction {
  const { from, to } = tr.selection;
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type !== nodes.item) return;
    // Of a nested list, only the innermost items that the selection is in.
    const inner = from > pos + (node.firstChild?.nodeSize ?? 0) + 1;
    if (!inner && (node.attrs["checked"] !== null) !== tasks) tr.setNodeAttribute(pos, "checked", tasks ? false : null);
  });
  return tr;
}

/** Makes a list of one kind of the selected blocks; blocks again, if they are that already. */
export function toggleList(kind: ListKind): Command {
  const type = kind === "numbers" ? nodes.ordered_list : nodes.bullet_list;
  return (given, dispatch) => {
    const state = textual(given);
    const is = listKind(state);
    if (is === kind) return autoJoined(liftListItem(nodes.item))(state, dispatch);
    const { tr } = state;
    const list = is && around(state.selection.$from, isList);
    if (list) {
      const pos = state.selection.$from.before(list.depth);
      if (list.node.type !== type) tr.setNodeMarkup(pos, type, { loose: list.node.attrs["loose"] });
    } else {
      const { from, to } = tr.selection;
      tr.setBlockType(from, to, nodes.paragraph);
      const range = tr.selection.$from.blockRange(tr.selection.$to);
      if (!range || !wrapRangeInList(tr, range, type)) return false;
    }
    dispatch?.(setTasks(tr, kind === "tasks").scrollIntoView());
    return true;
  };
}

export function toggleHeading(level: number): Command {
  return (state, dispatch) =>
    isIn(state, nodes.heading, { level })
      ? setBlockType(nodes.paragraph)(state, dispatch)
      : setBlockType(nodes.heading, { level })(state, dispatch);
}

/** A heading of any level becomes text, and text one of the second level: the first is that of the note's title. */
export const toggleAnyHeading: Command = (state, dispatch) =>
  isIn(state, nodes.heading) ? setBlockType(nodes.paragraph)(state, dispatch) : toggleHeading(2)(state, dispatch);

export const toggleQuote: Command = (given, dispatch) => {
  const state = textual(given);
  if (!isIn(state, nodes.quote)) return wrapIn(nodes.quote)(state, dispatch);
  return lift(state, dispatch);
};

export const toggleCode: Command = (state, dispatch) =>
  setBlockType(isIn(state, nodes.code_block) ? nodes.paragraph : nodes.code_block)(state, dispatch);

export const toggle = {
  strong: toggleMark(marks.strong),
  em: toggleMark(marks.em),
  strike: toggleMark(marks.strike),
  code: toggleMark(marks.code),
};

/** Lists that come to stand beside each other become one. */
function autoJoined(command: Command): Command {
  return autoJoin(command, (before, after) => isList(before) && before.type === after.type);
}

function itemOfCursor({ selection }: EditorState): { item: Node; first: boolean; atStart: boolean } | null {
  const { $from, empty } = selection;
  if (!empty || $from.depth < 2 || $from.node(-1).type !== nodes.item) return null;
  return { item: $from.node(-1), first: $from.index(-1) === 0, atStart: $from.parentOffset === 0 };
}

/** Enter: the next item; out of the list, if this one is empty. */
export const splitItem: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth < 2 || $from.node(-1).type !== nodes.item) return false;
  const item = $from.node(-1);
  if (item.childCount === 1 && !item.textContent && !$from.parent.childCount) {
    return autoJoined(liftListItem(nodes.item))(state, dispatch);
  }
  const task = item.attrs["checked"] !== null;
  return splitListItem(nodes.item, task ? { checked: false } : undefined)(state, dispatch);
};

/** Backspace at the beginning of an item: out of the list, or of its outer item. */
export const leaveItem: Command = (state, dispatch) => {
  const cursor = itemOfCursor(state);
  if (!cursor?.first || !cursor.atStart) return false;
  return autoJoined(liftListItem(nodes.item))(state, dispatch);
};

/** Tab in a list never leaves the editor, even where nothing can be moved: a slip there should not lose the place. */
export const indent: Command = (state, dispatch) => {
  if (!listKind(state)) return false;
  sinkListItem(nodes.item)(state, dispatch);
  return true;
};

export const outdent: Command = (state, dispatch) => {
  if (!listKind(state)) return false;
  return autoJoined(liftListItem(nodes.item))(state, dispatch);
};

/** Checks the task that the cursor is in, or takes the check away. */
export const toggleTask =
  (sink = false): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    const found = around($from, ({ type, attrs }) => type === nodes.item && attrs["checked"] !== null);
    if (!found) return false;
    dispatch?.(check(state, $from.before(found.depth), !found.node.attrs["checked"], sink));
    return true;
  };

/** Enter in code: the next line begins where this one does. */
export const newLineOfCode: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (!$from.parent.type.spec.code || !$from.sameParent($to)) return false;
  const before = $from.parent.textContent.slice(0, $from.parentOffset);
  const indent = /^[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
  dispatch?.(state.tr.insertText(`\n${indent}`).scrollIntoView());
  return true;
};

export const inCode = ({ selection }: EditorState): boolean => !!selection.$from.parent.type.spec.code;

export { exitCode };

/** Below code at the end of the note, the cursor finds a new paragraph. */
export const downFromEnd: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.type.spec.code || $from.parentOffset < $from.parent.content.size) return false;
  if ($from.after(1) < state.doc.content.size) return false;
  return appendParagraph(state, dispatch);
};

export const appendParagraph: Command = (state, dispatch) => {
  const { tr } = state;
  const end = state.doc.content.size;
  tr.insert(end, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
  return true;
};

export function goTo(where: "start" | "end"): Command {
  return ({ doc, tr }, dispatch) => {
    dispatch?.(tr.setSelection(where === "start" ? Selection.atStart(doc) : Selection.atEnd(doc)).scrollIntoView());
    return true;
  };
}

/** The link at the cursor or in the selection. */
export function linkOf(state: EditorState): string {
  const { $from, from, to } = state.selection;
  let href = "";
  if (state.selection.empty) {
    href = marks.link.isInSet($from.marksAcross($from) ?? $from.marks())?.attrs["href"] ?? "";
    href ||= marks.link.isInSet($from.nodeAfter?.marks ?? [])?.attrs["href"] ?? "";
  } else {
    state.doc.nodesBetween(from, to, (node) => {
      href ||= marks.link.isInSet(node.marks)?.attrs["href"] ?? "";
    });
  }
  return href;
}
