// A list item on the screen: tasks have a checkbox.

import type { Node } from "prosemirror-model";
import type { NodeViewConstructor, ViewMutationRecord } from "prosemirror-view";

export const item: NodeViewConstructor = (first, view, getPos) => {
  let node = first;
  const dom = document.createElement("li");
  if (node.attrs["checked"] === null) return { dom, contentDOM: dom };

  // The cursor does not go into the frame, and so not before the box.
  const frame = document.createElement("span");
  const box = document.createElement("input");
  const contentDOM = document.createElement("div");
  box.type = "checkbox";
  frame.contentEditable = "false";
  frame.className = "check";
  frame.append(box);
  // The selection stays in the text.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("change", () => {
    const pos = getPos();
    if (pos !== undefined) view.dispatch(view.state.tr.setNodeAttribute(pos, "checked", box.checked));
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
    stopEvent: ({ target }: Event) => target === box,
    ignoreMutation: ({ target }: ViewMutationRecord) => target !== contentDOM && !contentDOM.contains(target),
  };

  function show() {
    const checked = !!node.attrs["checked"];
    dom.className = checked ? "task done" : "task";
    box.checked = checked;
    box.setAttribute("aria-label", node.firstChild?.textContent || "empty item");
  }
};
