// Puts a card somewhere else, by mouse, by finger (after a long press) and by key. A long press that goes nowhere selects it.
import { FORWARD, numeral } from "../locale";
import { tick } from "svelte";
import { announcer } from "../state/toasts.svelte";
import { moved } from "./masonry";

const LONG_PRESS_MILLIS = 320;
/** How far a pointer moves before it means it. */
const SLOP = 7;
/** How near to the edge of the window the page begins to scroll. */
const EDGE = 72;

/** How many pixels a frame it scrolls at most. */
const FASTEST = 18;

/** The list in which the card is. */
interface Host {
  id: string;
  /** Whether its order stays as it is: then a card can only be selected. */
  fixed: boolean;
  order: () => string[];
  /** Which other card is at a point of the list; -1 for none. */
  place: (x: number, y: number) => number;
  /** Shows the card at a point of the list, or where it belongs. */
  hold: (at: { x: number; y: number } | undefined) => void;
  reorder: (order: string[]) => void;
  /** The card stays where it is; says which place that is if it is another one. */
  drop: () => number | undefined;
  /** A finger was lifted where it was put down. */
  rest: () => void;
}

/** A card was pressed: it is dragged once the pointer moves, or rests if it is a finger. */
export function press(event: PointerEvent, node: HTMLElement, list: HTMLElement, host: Host): void {
  const { pointerId, clientX: startX, clientY: startY } = event;
  const touch = event.pointerType !== "mouse";
  const grab = { x: 0, y: 0 };
  let x = startX;
  let y = startY;
  let frame = 0;
  let held = false;
  /** Whether the card has gone anywhere. */
  let away = !touch;
  let last = "";

  const begin = (): void => {
    const box = node.getBoundingClientRect();
    grab.x = along(box, startX);
    grab.y = startY - box.top;
    try {
      node.setPointerCapture(pointerId);
    } catch {
      // It was let go before this was loaded.
      end();
      return;
    }
    held = true;
    if (touch) navigator.vibrate?.(12);
    if (!host.fixed) announcer.say("Picked up");
    follow();
  };
  const timer = touch ? setTimeout(begin, LONG_PRESS_MILLIS) : undefined;

  const makeRoom = (x: number, y: number): void => {
    const over = host.place(x, y);
    const order = host.order();
    const id = order[over] ?? "";
    // The card that has just made room may still be under the pointer: that is no reason to go back.
    if (id === last) return;
    last = id;
    if (over >= 0) host.reorder(moved(order, order.indexOf(host.id), over));
  };
  // Once a frame: the card follows the pointer, the page scrolls at its edges, and the others make room.
  const follow = (): void => {
    const beyond = y < EDGE ? y - EDGE : Math.max(0, y - innerHeight + EDGE);
    if (beyond && away) scrollBy(0, Math.max(-FASTEST, Math.min(FASTEST, beyond / 5)));
    const at = list.getBoundingClientRect();
    // Inside the list: beyond its end, the page would grow under the pointer for ever.
    host.hold({
      x: Math.max(-grab.x, Math.min(at.width - grab.x, along(at, x) - grab.x)),
      y: Math.max(-grab.y, Math.min(at.height - node.offsetHeight, y - grab.y - at.top)),
    });
    makeRoom(along(at, x), y - at.top);
    frame = requestAnimationFrame(follow);
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    // A mouse that was let go before this was loaded.
    if (event.buttons === 0) return end();
    ({ clientX: x, clientY: y } = event);
    if (Math.hypot(x - startX, y - startY) < SLOP) return;
    away = true;
    // A finger that moves at once scrolls; one that rested on a card that stays where it is meant nothing.
    if (held ? host.fixed : touch) end();
    else if (!held) begin();
  };
  const drop = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    if (held) {
      swallowClick();
      if (away) {
        const at = host.drop();
        announcer.say(at === undefined ? "Put back" : placeWords(at + 1, host.order().length));
      } else host.rest();
    }
    end();
  };
  const cancel = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== "Escape") return;
    if (held) {
      event.stopPropagation();
      announcer.say("Put back");
    }
    end();
  };
  /** A second finger zooms: the first one holds nothing. */
  const second = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) cancel(event);
  };
  const still = (event: Event): void => {
    if (held || event.type === "contextmenu") event.preventDefault();
  };
  const end = (): void => {
    held = false;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    host.hold(undefined);
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", drop);
    removeEventListener("pointercancel", cancel);
    removeEventListener("pointerdown", second);
    removeEventListener("keydown", cancel, true);
    node.removeEventListener("touchmove", still);
    if (touch) node.removeEventListener("contextmenu", still);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", cancel);
  addEventListener("pointerdown", second);
  addEventListener("keydown", cancel, true);
  node.addEventListener("touchmove", still, { passive: false });
  if (touch) node.addEventListener("contextmenu", still);
}

/** The press that ends a drag is no press on a card. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
}

/** A card was moved by a key: says where to, and keeps the focus. */
export async function stepped(focused: HTMLElement, place: number, of: number, isThere: () => boolean): Promise<void> {
  if (place < 0) {
    announcer.say("It cannot go further");
    return;
  }
  announcer.say(placeWords(place + 1, of));
  // The card is moved once what moves it is loaded, and that takes the focus away.
  for (const end = Date.now() + 5000; !isThere() && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 16));
  await tick();
  focused.focus();
  focused.scrollIntoView({ block: "nearest" });
}

/** The distance of a point from the edge of a box where lines begin. */
function along(box: DOMRect, x: number): number {
  return FORWARD < 0 ? box.right - x : x - box.left;
}

/** Tells the new place of something that was moved. */
export function placeWords(place: number, of: number): string {
  return `Moved to place ${numeral(place)} of ${numeral(of)}`;
}
