// Commands that are loaded when a note needs them.

import { Plugin, type Command, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { readCursor } from "./cursor";

/** What is typed after a command that is still being loaded, by view: it belongs to where the command leads. */
const typed = new WeakMap<EditorView, (() => void)[]>();

/** Lets keys act where the cursor is, and holds back what is typed until a command that was asked for has run. Must be the first plugin. */
export function patience(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: { keydown: readCursor },
      handleKeyPress(view, { key, ctrlKey, metaKey }) {
        if (key.length > 1 || ctrlKey || metaKey) return false;
        return !!typed.get(view)?.push(() => insert(view, key));
      },
      handleKeyDown(view, event) {
        const queue = typed.get(view);
        if (!queue || !/^(Tab|Enter|Backspace)$/.test(event.key)) return false;
        if (event.key === "Backspace") queue.pop();
        else queue.push(() => view.someProp("handleKeyDown", (handle) => handle(view, event)));
        return true;
      },
    },
  });
}

/** Inserts a letter as if it was typed. */
function insert(view: EditorView, letter: string): void {
  const { from, to } = view.state.selection;
  const tr = () => view.state.tr.insertText(letter).scrollIntoView();
  if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, tr))) view.dispatch(tr());
}

/** Runs something once `loaded` is there, and then what was typed meanwhile. */
function hold(view: EditorView, loaded: Promise<unknown>, run: () => void): void {
  const queue = [run];
  typed.set(view, queue);
  void loaded
    .catch(() => queue.shift())
    .then(() => {
      typed.delete(view);
      if (view.isDestroyed) return;
      // One of them may have to wait, too.
      for (const next of queue) if (!typed.get(view)?.push(next)) next();
    });
}

export interface Part<Module> {
  /** Loads the part, so that its commands run at once. */
  load: () => Promise<Module>;
  /** Returns the part if it is loaded. */
  now: () => Module | undefined;
  /** A command of the part for states that `applies` accepts. It runs as soon as the part is loaded. */
  command: (pick: (module: Module) => Command, applies?: (state: EditorState) => boolean) => Command;
}

export function part<Module>(get: () => Promise<Module>): Part<Module> {
  let module: Module | undefined;
  const load = async (): Promise<Module> => (module = await get());
  return {
    load,
    now: () => module,
    command:
      (pick, applies = () => true) =>
      (state, dispatch, view) => {
        if (!applies(state)) return false;
        if (module) return pick(module)(state, dispatch, view);
        if (view && dispatch) {
          const run = () => module && pick(module)(view.state, view.dispatch, view);
          if (!typed.get(view)?.push(run)) hold(view, load(), run);
        }
        return true;
      },
  };
}
