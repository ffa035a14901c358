// Where a view was scrolled to, kept with its place in the history, so that going back leads there. Loaded once the view is there.

/** The card that was on top of the window, how far it was from its edge, and the same in pixels for views without cards. */
export interface Spot {
  id?: string | undefined;
  offset?: number | undefined;
  y: number;
}

/** After the last movement: browsers take few changes of the history at a time. */
const REST_MILLIS = 160;

/** Keeps the spot of the view up to date until what it returns is called. */
export function remember(find: () => { id: string; offset: number } | undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    timer = undefined;
    const at: Spot = { ...find(), y: Math.round(scrollY) };
    history.replaceState({ ...(history.state as object | null), spot: at }, "");
  };
  const moved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, REST_MILLIS);
  };
  const leave = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    keep();
  };
  addEventListener("scroll", moved, { passive: true });
  addEventListener("pagehide", leave);
  // Before a link is followed, which makes another place in the history.
  addEventListener("click", leave, { capture: true });
  return () => {
    clearTimeout(timer);
    removeEventListener("scroll", moved);
    removeEventListener("pagehide", leave);
    removeEventListener("click", leave, { capture: true });
  };
}
