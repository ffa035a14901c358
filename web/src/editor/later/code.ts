// Indents lines of code.

import type { Command, EditorState } from "prosemirror-state";

const INDENT = "  ";

/** The places at which the selected lines of a code block begin. */
function linesOfCode({ selection: { $from, $to } }: EditorState): number[] | null {
  if (!$from.parent.type.spec.code || !$from.sameParent($to)) return null;
  const text = $from.parent.textContent;
  const begins = [text.lastIndexOf("\n", $from.parentOffset - 1) + 1];
  for (let at = text.indexOf("\n", begins[0]); at >= 0 && at < $to.parentOffset; at = text.indexOf("\n", at + 1))
    begins.push(at + 1);
  return begins.map((at) => $from.start() + at);
}

export const indentCode: Command = (state, dispatch) => {
  const lines = linesOfCode(state);
  if (!lines) return false;
  const { tr, selection } = state;
  if (selection.empty) tr.insertText(INDENT);
  else for (const at of lines.reverse()) tr.insertText(INDENT, at);
  dispatch?.(tr.scrollIntoView());
  return true;
};

export const outdentCode: Command = (state, dispatch) => {
  const lines = linesOfCode(state);
  if (!lines) return false;
  const { tr } = state;
  for (const at of lines.reverse()) {
    const rest = state.doc.textBetween(at, Math.min(at + INDENT.length, state.selection.$from.end()));
    const spaces = /^(?:\t| *)/.exec(rest)?.[0].length ?? 0;
    if (spaces) tr.delete(at, at + spaces);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};
