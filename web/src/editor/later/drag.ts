// Drags an item of a checklist to another place, by its grip, with a mouse, a pen or a finger.

import type { EditorView } from "prosemirror-view";
import { moved } from "../moves";

/** The item beside which what is dragged would be dropped. */
interface Beside {
  item: HTMLElement;
  side: "before" | "after";
}

/** Follows a pointer that was put on the grip of an item. */
export function drag(
  view: EditorView,
  own: HTMLElement,
  grip: HTMLElement,
  event: PointerEvent,
  say: (text: string) => void,
): void {
  const { pointerId } = event;
  const scroller = view.dom.closest<HTMLElement>(".text") ?? view.dom;
  let y = event.clientY;
  let frame = 0;
  let beside: Beside | undefined;
  try {
    grip.setPointerCapture(pointerId);
  } catch {
    // It was lifted before this was there.
    return;
  }
  own.classList.add("dragged");
  scroll();
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", end);
  addEventListener("keydown", escape, true);

  function move(event: PointerEvent): void {
    y = event.clientY;
    show(target(view, own, y));
  }

  function show(next: Beside | undefined): void {
    beside?.item.classList.remove("drop-before", "drop-after");
    next?.item.classList.add(`drop-${next.side}`);
    beside = next;
  }

  function escape(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end();
  }

  function end(): void {
    cancelAnimationFrame(frame);
    grip.removeEventListener("pointermove", move);
    grip.removeEventListener("pointerup", drop);
    grip.removeEventListener("pointercancel", end);
    removeEventListener("keydown", escape, true);
    own.classList.remove("dragged");
    show(undefined);
  }

  function drop(): void {
    const where = beside;
    end();
    // Somebody else may have changed the list.
    if (!where?.item.isConnected || !own.isConnected) return;
    const { state } = view;
    const from = placeOf(view, own);
    const at = placeOf(view, where.item);
    const to = where.side === "before" ? at : at + (state.doc.nodeAt(at)?.nodeSize ?? 0);
    if (to === from || to === from + (state.doc.nodeAt(from)?.nodeSize ?? 0)) return;
    view.dispatch(moved(state, from, to));
    say("Moved");
  }

  /** Near an edge, what is not seen comes into view. */
  function scroll(): void {
    const { top, bottom } = scroller.getBoundingClientRect();
    const by = y < top + 40 ? y - top - 40 : y > bottom - 40 ? y - bottom + 40 : 0;
    if (by) scroller.scrollTop += Math.max(-12, Math.min(12, by / 4));
    frame = requestAnimationFrame(scroll);
  }
}

function placeOf(view: EditorView, item: HTMLElement): number {
  return view.posAtDOM(item, 0) - 1;
}

/** The item at a height, and on which side of its text that is. */
function target(view: EditorView, own: HTMLElement, y: number): Beside | undefined {
  const near = [...view.dom.querySelectorAll<HTMLElement>("li.task")]
    .filter((item) => !own.contains(item))
    .map((item) => {
      const { top, bottom } = (item.querySelector("p") ?? item).getBoundingClientRect();
      return { item, middle: (top + bottom) / 2 };
    })
    .sort((a, b) => Math.abs(a.middle - y) - Math.abs(b.middle - y))[0];
  return near && { item: near.item, side: y < near.middle ? "before" : "after" };
}
