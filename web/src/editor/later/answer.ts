// Answers what `[[` asks.

import type { EditorView } from "prosemirror-view";
import { key, questionIn } from "../refer";
import { schema } from "../schema";

const { nodes } = schema;

/** Puts a link to a note in place of what was asked. */
export function answer(view: EditorView, note: { id: string; title: string }): void {
  const question = questionIn(view.state);
  if (!question) return;
  const { state } = view;
  const link = nodes.reference.create({ id: note.id, text: note.title || UNTITLED });
  view.dispatch(state.tr.replaceWith(question.from, state.selection.from, [link, schema.text(" ")]).scrollIntoView());
  view.focus();
}

export const UNTITLED = "Untitled note";

/** The brackets stay what they are. */
export function refuse(view: EditorView): void {
  const question = questionIn(view.state);
  if (question) view.dispatch(view.state.tr.setMeta(key, { refuse: question.from }));
}
