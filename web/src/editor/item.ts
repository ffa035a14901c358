// A list item on the screen: tasks have a checkbox, and a grip to drag them by.

import type { Node } from "prosemirror-model";
import type { NodeViewConstructor, ViewMutationRecord } from "prosemirror-view";
import { check } from "./moves";

export interface Manners {
  sink: () => boolean;
  say: (text: string) => void;
}

export const item =
  ({ sink, say }: Manners): NodeViewConstructor =>
  (first, view, getPos) => {
    let node = first;
    const dom = document.createElement("li");
    dom.dir = "auto";
    if (node.attrs["checked"] === null) return { dom, contentDOM: dom };

    // The cursor does not go into the frame, and so not before the box.
    const frame = document.createElement("span");
    const box = document.createElement("input");
    const grip = document.createElement("span");
    const contentDOM = document.createElement("div");
    box.type = "checkbox";
    // The text is one stop of the Tab key; in it, Ctrl and Enter check.
    box.tabIndex = -1;
    frame.contentEditable = "false";
    frame.className = "check";
    // By keys it is Alt and an arrow.
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true");
    frame.append(grip, box);
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (event.button === 0) void import("./later/drag").then(({ drag }) => drag(view, dom, grip, event, say));
    });
    // The selection stays in the text.
    frame.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("change", () => {
      const pos = getPos();
      if (pos !== undefined) view.dispatch(check(view.state, pos, box.checked, sink()));
    });
    dom.append(frame, contentDOM);
    show();

    return {
      dom,
      contentDOM,
      update(next: Node) {
        if (next.type !== node.type || next.attrs["checked"] === null) return false;
        node = next;
        show();
        return true;
      },
      stopEvent: ({ target }: Event) => frame.contains(target as HTMLElement),
      ignoreMutation: ({ target }: ViewMutationRecord) => target !== contentDOM && !contentDOM.contains(target),
    };

    function show() {
      const checked = !!node.attrs["checked"];
      dom.classList.add("task");
      dom.classList.toggle("done", checked);
      box.checked = checked;
      box.setAttribute("aria-label", node.firstChild?.textContent || "Empty item");
    }
  };
