// Printing a board: paper has no window, so all of its notes are there while the browser prints.
import { flushSync, mount, unmount } from "svelte";
import { notes } from "../state/notes.svelte";
import { board } from "./board";
import PrintBoard from "./PrintBoard.svelte";

/** Listens until what it returns is called. */
export function listenToPrinter(): () => void {
  let shown: ReturnType<typeof mount> | undefined;

  const begin = (): void => {
    const view = board();
    // A note that is open is printed by itself.
    if (shown || !view || document.querySelector("dialog.note[open], dialog.wide[open]")) return;
    const list = view.ids().map((id) => notes.get(id));
    const title = document.querySelector("main h1")?.textContent?.trim() ?? "Notes";
    shown = mount(PrintBoard, {
      target: document.body,
      props: { title, list: list.filter((note) => note !== undefined) },
    });
    flushSync();
  };
  const end = (): void => {
    if (shown) void unmount(shown);
    shown = undefined;
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    end();
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  };
}
