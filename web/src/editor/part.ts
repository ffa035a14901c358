// Commands that are loaded when a note needs them.

import type { Command, EditorState } from "prosemirror-state";

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
        if (view && dispatch)
          load().then(
            (module) => !view.isDestroyed && pick(module)(view.state, view.dispatch, view),
            () => {},
          );
        return true;
      },
  };
}
