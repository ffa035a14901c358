// Keys that do something with the focused note, or with the page.
import { tick } from "svelte";
import { move, setPinned } from "../state/actions";
import { notes } from "../state/notes.svelte";
import { route } from "../state/route.svelte";
import { selection } from "../state/selection.svelte";
import { board } from "./board";
import { offerSearch } from "./finding";
import { listenToPrinter } from "./printing";

function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-card]")];
}

function focused(): string | undefined {
  return document.activeElement?.closest("article")?.querySelector<HTMLElement>("[data-card]")?.dataset["card"];
}

function step(by: 1 | -1): void {
  const all = cards();
  const at = all.findIndex((card) => card.dataset["card"] === focused());
  // Nothing has the focus: it begins with what is seen.
  const seen = all.findIndex((card) => card.getBoundingClientRect().bottom > 0);
  const next = all[at < 0 ? Math.max(0, seen) : Math.max(0, Math.min(all.length - 1, at + by))];
  next?.focus({ preventScroll: true });
  next?.closest("article")?.scrollIntoView({ block: "nearest" });
}

/** Does something that takes the focused card away, and focuses the next one. */
async function leave(run: () => void): Promise<void> {
  const all = cards();
  const at = all.findIndex((card) => card.dataset["card"] === focused());
  const next = all[at + 1] ?? all[at - 1];
  run();
  await tick();
  (next ?? document.getElementById("main"))?.focus();
}

/** Keys with Ctrl that are about all notes of the board; says whether it was one. */
function about(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  if (event.key === "f") return offerSearch();
  const view = board();
  if (event.key !== "a" || !view) return false;
  view.selectAll();
  return true;
}

/** Listens until what it returns is called; first to the keys that were pressed before. */
export function listen(onhelp: () => void, early: KeyboardEvent[]): () => void {
  const key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    // A note may be on its way.
    if (route.note || document.querySelector("dialog[open]")) return;
    if ((event.target as Element).closest("input, textarea, select, [contenteditable], [popover]:popover-open")) return;
    if (about(event)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey) return;
    const id = focused();
    const note = id ? notes.get(id) : undefined;
    const desk = note && note.place !== "trash" ? note : undefined;
    const run: Record<string, (() => void) | false | undefined> = {
      "/": () => document.getElementById("search")?.focus(),
      n: () => route.go(route.with({ note: "new" })),
      j: () => step(1),
      k: () => step(-1),
      "?": onhelp,
      Escape: selection.active && (() => selection.clear()),
      x: note && (() => selection.toggle(note.id)),
      X: note && (() => selection.extend(board()?.ids() ?? [], note.id)),
      p: desk && (() => setPinned(desk.id, !desk.pinned)),
      e: desk && (() => void leave(() => move([desk.id], desk.place === "active" ? "archive" : "unarchive"))),
      "#": desk && (() => void leave(() => move([desk.id], "trash"))),
      Delete: desk && (() => void leave(() => move([desk.id], "trash"))),
    };
    const chosen = run[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  };
  for (const event of early) key(event);
  addEventListener("keydown", key);
  const quiet = listenToPrinter();
  return () => {
    removeEventListener("keydown", key);
    quiet();
  };
}
