// The board that is shown, for keys that are about all of its notes.

export interface BoardView {
  /** Selects every note of the view, also those that are still to come from the service. */
  selectAll: () => void;
  /** All notes of the view, in the order in which they are shown. */
  ids: () => readonly string[];
}

let shown: BoardView | undefined;

/** The board, if one is shown. */
export function board(): BoardView | undefined {
  return shown;
}

/** Makes this the board until what it returns is called. */
export function showBoard(view: BoardView): () => void {
  shown = view;
  return () => {
    if (shown === view) shown = undefined;
  };
}
