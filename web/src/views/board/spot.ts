// Going back leads to the card that was on top.
import { tick } from "svelte";
import type { Spot } from "../../parts/returning";
import { calm } from "../../state/calm.svelte";
import { start } from "../../state/start";
import type { Listing } from "./listing.svelte";

interface Board {
  /** The card on top of the window. */
  anchor: () => { id: string; offset: number } | undefined;
  /** Scrolls to a card, if it is there. */
  reveal: (id: string, offset: number) => boolean;
}

/**
 * Leads back to where the view was left until `end` is called. `restore` is called when there are more notes. `boards` has the sections of the listing
 * by their keys.
 */
export function returning(
  listing: Listing,
  boards: Record<string, Board | undefined>,
): { restore: () => void; end: () => void } {
  /** The spot that the present place in the history was left at. */
  const spot = () => (history.state as { spot?: Spot } | null)?.spot;
  let wanted = spot();
  // Heights are estimates until cards were seen: the browser's own memory of pixels leads elsewhere.
  history.scrollRestoration = "manual";
  const back = (): void => {
    wanted = spot() ?? { y: 0 };
    void tick().then(restore);
  };
  const stay = (): void => (wanted = undefined);
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener("popstate", back, { signal });
  for (const type of ["wheel", "pointerdown", "keydown"]) addEventListener(type, stay, { passive: true, signal });
  const forget = start(
    calm.come.then(() => import("../../parts/returning")),
    ({ remember }) => remember(() => listing.sections.map(({ key }) => boards[key]?.anchor()).find(Boolean)),
  );

  function restore(): void {
    if (!wanted || !listing.list.length) return;
    const { id, offset = 0, y } = wanted;
    if (y === 0) scrollTo(0, 0);
    else if (!id || !Object.values(boards).some((board) => board?.reveal(id, offset))) {
      // It may be on a page that is still to come.
      if (!listing.complete) return;
      scrollTo(0, y);
    }
    wanted = undefined;
  }

  return {
    restore,
    end() {
      ended.abort();
      forget();
      history.scrollRestoration = "auto";
    },
  };
}
