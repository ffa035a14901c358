// Coming and going: what is opened with an account, and what is let go of.
import { api, type Account } from "../api/client";
import { askFirst } from "./first";
import { notes } from "./notes.svelte";
import { route } from "./route.svelte";
import { search } from "./search.svelte";
import { selection } from "./selection.svelte";
import { ask, session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { walks } from "./walks.svelte";

/** Somebody has signed in. */
export function enter(account: Account): void {
  session.set(account);
  if (route.view.name === "login" || route.view.name === "register") route.go("/", "replace");
}

/** Opens what is kept of an account, and asks the service for what cards need and is not there. */
export async function open(account: string): Promise<void> {
  const { view, q, labelIds, color } = route;
  const opened = notes.open(account);
  if (session.fresh) {
    // Nothing of it is kept here: there is nothing to wait for.
    if (view.name === "notes" && !q && !color && labelIds.length === 0) askFirst(account);
    await loadLabels(opened).catch(() => {});
  }
  await opened;
  if (notes.account === account && !notes.labelsKnown) await loadLabels().catch(() => {});
}

/** Goes on with what an account left behind, once its notes are on the page. */
export async function resume(account: string): Promise<void> {
  await notes.opened;
  const { queue } = await import("./queue.svelte");
  if (notes.account === account) queue.open();
}

/** Shows nothing of an account any more: it is not here, or has to sign in again. */
export function shut(): void {
  if (session.status === "expired") notes.lock();
  else notes.close();
  walks.clear();
  search.clear();
  selection.clear();
  // Who has just signed out here may still be told something.
  if (session.status !== "out") toasts.clear();
  if (session.status !== "unknown") forgetSteps();
}

/** What can be undone is kept in each tab by itself: no other one can delete it. */
function forgetSteps(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("undo:")) sessionStorage.removeItem(key);
  } catch {
    // Then nothing is kept there.
  }
}

/**
 * Reads all labels, and takes them when the store is `opened`. An answer that a change on this device overtook is older than what is here: it is
 * asked for again.
 */
export async function loadLabels(opened?: Promise<void>): Promise<void> {
  for (;;) {
    const before = notes.labels;
    const { items } = await ask(api.GET("/api/labels"));
    await opened;
    // What the user changes just now may not be in it: everything is read again once that is answered.
    if (notes.labelsWaiting > 0) {
      notes.labelsMissed = true;
      return;
    }
    if (notes.labels === before) return notes.takeLabels(items);
  }
}
