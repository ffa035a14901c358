// Takes looks away.

import type { Command } from "prosemirror-state";
import { schema } from "../schema";

const { marks } = schema;

/** Takes the looks of the selected text away; its links stay. */
export const clearMarks: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  const { tr } = state;
  const types = [marks.strong, marks.em, marks.strike, marks.code];
  if (empty)
    tr.setStoredMarks((state.storedMarks ?? state.selection.$from.marks()).filter(({ type }) => !types.includes(type)));
  else for (const type of types) tr.removeMark(from, to, type);
  dispatch?.(tr);
  return true;
};
