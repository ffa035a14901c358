// `[[` asks for a note to link to.

import { Plugin, PluginKey, type EditorState } from "prosemirror-state";

/** What was typed behind the brackets, and where it begins. */
export interface Question {
  from: number;
  query: string;
}

interface Asking {
  question: Question | null;
  /** The place of brackets that are meant as brackets. */
  refused: number;
}

export const key = new PluginKey<Asking>("refer");
const LONGEST = 80;

/** Gives `onkey` the keys while a note is asked for; it says which of them it took. */
export function referring(onkey: (event: KeyboardEvent) => boolean): Plugin {
  return new Plugin<Asking>({
    key,
    state: {
      init: () => ({ question: null, refused: -1 }),
      apply(tr, { question, refused }, _before, after) {
        const answer = tr.getMeta(key) as { refuse: number } | undefined;
        const kept = answer ? answer.refuse : tr.mapping.map(refused);
        // Only typing asks: who moves the cursor to old brackets means nothing by it.
        if (!tr.docChanged && !question) return { question, refused: kept };
        const asked = tr.getMeta("taken") ? null : questionOf(after);
        return { question: asked && asked.from !== kept ? asked : null, refused: kept };
      },
    },
    props: {
      handleKeyDown: (view, event) => questionIn(view.state) !== null && !event.isComposing && onkey(event),
    },
  });
}

function questionOf({ selection }: EditorState): Question | null {
  const { $from, empty } = selection;
  if (!empty || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - LONGEST),
    $from.parentOffset,
    "\n",
    "\ufffc",
  );
  const query = /\[\[([^[\]\n\ufffc]*)$/.exec(before)?.[1];
  return query === undefined ? null : { from: $from.pos - query.length - 2, query };
}

export function questionIn(state: EditorState): Question | null {
  return key.getState(state)?.question ?? null;
}
