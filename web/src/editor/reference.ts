// A link to a note on the screen: it has the title that the note has now.

import type { Node } from "prosemirror-model";
import type { NodeViewConstructor } from "prosemirror-view";
import { noteAddress } from "../markdown/reference";

export interface Titles {
  /** The title of a note, if it is known. */
  of: (id: string) => string | undefined;
  /** Calls back when titles may be others; what it returns ends that. */
  watch: (changed: () => void) => () => void;
  open: (id: string) => void;
}

export const reference =
  ({ of, watch, open }: Titles): NodeViewConstructor =>
  (first) => {
    let node = first;
    const dom = document.createElement("a");
    dom.className = "note-link";
    dom.contentEditable = "false";
    dom.draggable = false;
    // An arrow key selects it, and Enter opens it.
    dom.tabIndex = -1;
    dom.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      open(node.attrs["id"]);
    });
    const stop = watch(show);
    show();
    return {
      dom,
      update(next: Node) {
        if (next.type !== node.type) return false;
        node = next;
        show();
        return true;
      },
      ignoreMutation: () => true,
      destroy: stop,
    };

    function show() {
      const { id, text } = node.attrs as { id: string; text: string };
      dom.href = noteAddress(id);
      dom.textContent = of(id) || text;
    }
  };
