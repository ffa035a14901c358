// Reads all notes while nobody waits for anything, so that every view, label and search works without a connection.
import type { Place } from "../api/client";
import { reached } from "./reach";
import { notes } from "./notes.svelte";
import { readPage } from "./reading";
import { type Filter, walks } from "./walks.svelte";

/** Of more notes than this a device keeps those that were looked at. */
const MOST = 10_000;
const PAGE = 100;
/** After the page was opened, and between two pages: far below what the service allows. */
const BEGIN_MILLIS = 2000;
const PAUSE_MILLIS = 150;
const AGAIN_MILLIS = 30_000;
const PLACES: readonly Place[] = ["active", "archived", "trash"];

export async function readEverything(signal: AbortSignal): Promise<void> {
  await pause(BEGIN_MILLIS, signal);
  await notes.read;
  for (const place of PLACES) {
    const filter: Filter = { place };
    while (!signal.aborted && !walks.complete(filter) && notes.base.size < MOST) {
      const failure = await readPage(filter, PAGE, true);
      if (failure?.passing) reached(false);
      await pause(failure ? (failure.retryAfterSecs ?? 0) * 1000 + AGAIN_MILLIS : PAUSE_MILLIS, signal);
    }
  }
}

/** Waits, then until nothing else has to be done. */
function pause(millis: number, signal: AbortSignal): Promise<void> {
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run));
  return new Promise((resolve) => {
    const timer = setTimeout(() => idle(() => resolve(), { timeout: 5000 }), millis);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
