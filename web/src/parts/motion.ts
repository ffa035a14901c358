// A card that becomes its note, and a note that becomes its card: movement that says where things come from and go to.

const MILLIS = 220;
const EASE = "cubic-bezier(0.2, 0.7, 0.2, 1)";

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Lets an element come from where a box was. */
function from(node: HTMLElement, box: DOMRect): void {
  const to = node.getBoundingClientRect();
  if (!to.width || !to.height || !box.width || !box.height) return;
  const x = box.left + box.width / 2 - (to.left + to.width / 2);
  const y = box.top + box.height / 2 - (to.top + to.height / 2);
  node.animate(
    [
      { translate: `${x}px ${y}px`, scale: `${box.width / to.width} ${box.height / to.height}`, opacity: 0.35 },
      { opacity: 1, offset: 0.5 },
      { translate: "0 0", scale: "1 1", opacity: 1 },
    ],
    { duration: MILLIS, easing: EASE },
  );
}

/** The dialog of a note grows out of its card. It may come a moment later, when its program is loaded. */
export function grow(card: HTMLElement): void {
  if (still()) return;
  const box = card.getBoundingClientRect();
  const until = performance.now() + 300;
  const look = (): void => {
    const dialog = document.querySelector<HTMLDialogElement>("dialog.note[open]");
    if (dialog) {
      // Its own way to appear would be a second movement.
      dialog.style.animation = "none";
      from(dialog, box);
    } else if (performance.now() < until) requestAnimationFrame(look);
  };
  queueMicrotask(look);
}

/** The note that was open there goes back into its card. */
export function shrink(box: DOMRect, id: string): void {
  if (still()) return;
  const card = document.querySelector(`[data-card="${CSS.escape(id)}"]`)?.closest<HTMLElement>("article");
  if (card) from(card, box);
}
