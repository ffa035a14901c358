// What goes out to other programs and comes in from them, as far as it has to be ready at once.

import type { EditorProps, EditorView } from "prosemirror-view";
import { isText } from "../files";

const incoming = () => import("./paste/incoming");

export function clipboard(): EditorProps {
  let shift = false;

  return {
    handleDOMEvents: {
      keydown: (_view, event) => {
        shift = event.shiftKey && event.key !== "Insert";
      },
      keyup: () => {
        shift = false;
      },
      paste: (view, event) => {
        if (!event.clipboardData || view.composing) return false;
        event.preventDefault();
        take(view, event.clipboardData, shift);
        return true;
      },
      // What is dragged here can be read once it is dropped.
      dragenter: (view) => void incoming().then(({ prepare }) => !view.isDestroyed && prepare(view)),
      drop: (view, event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        // Files of text become text here; whoever keeps files takes all others.
        if (!event.dataTransfer || !files.length || !files.every(isText)) return false;
        event.preventDefault();
        take(view, event.dataTransfer, false, { left: event.clientX, top: event.clientY });
        return true;
      },
    },
  };

  function take(view: EditorView, data: DataTransfer, plain: boolean, at?: { left: number; top: number }): void {
    // It is there for the time of the event only.
    const [text, html, code] = ["text/plain", "text/html", "vscode-editor-data"].map((type) => data.getData(type));
    const pasted = {
      text: text ?? "",
      html: html ?? "",
      code: code ?? "",
      files: [...data.files],
      plain,
      ...(at && { at }),
    };
    void incoming().then(({ paste }) => !view.isDestroyed && paste(view, pasted));
  }
}
