// Finding on a page that does not hold all notes: the first Ctrl+F leads to the search of all notes, every other one to the browser's.
import { toasts } from "../state/toasts.svelte";
import { board } from "./board";

let offered = false;

/** Offers the search of all notes if some are not on the page; says whether it did. */
export function offerSearch(): boolean {
  const there = document.querySelectorAll("[data-card]").length;
  const field = document.getElementById("search");
  if (offered || !field || (board()?.ids().length ?? 0) <= there) return false;
  offered = true;
  field.focus();
  toasts.show("Search looks through all notes. Press the keys again to find on this page only.");
  return true;
}
