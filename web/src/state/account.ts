// Coming: what is opened with an account.
import { api, type Account } from "../api/client";
import { notes } from "./notes.svelte";
import { route } from "./route.svelte";
import { ask, session } from "./session.svelte";

/** Somebody has signed in. */
export function enter(account: Account): void {
  session.set(account);
  if (route.view.name === "login" || route.view.name === "register") route.go("/", "replace");
}

/** Opens what is kept of an account, and asks the service for the rest. */
export async function open(account: string): Promise<void> {
  await notes.open(account);
  const { queue } = await import("./queue.svelte");
  queue.open(account);
  if (!notes.labelsKnown) await loadLabels().catch(() => {});
}

export async function loadLabels(): Promise<void> {
  notes.takeLabels((await ask(api.GET("/api/labels"))).items);
}
