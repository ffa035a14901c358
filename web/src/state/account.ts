// Coming and going: what is opened with an account, and what is let go of.
import { api, type Account } from "../api/client";
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

/** Opens what is kept of an account, and asks the service for the rest. */
export async function open(account: string): Promise<void> {
  await notes.open(account);
  const { queue } = await import("./queue.svelte");
  if (notes.account !== account) return;
  queue.open();
  if (!notes.labelsKnown) await loadLabels().catch(() => {});
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
}

/** Reads all labels. An answer that a change on this device overtook is older than what is here: it is asked for again. */
export async function loadLabels(): Promise<void> {
  for (;;) {
    const before = notes.labels;
    const { items } = await ask(api.GET("/api/labels"));
    if (notes.labels === before) return notes.takeLabels(items);
  }
}
