// Going: what is forgotten with an account.
import { api } from "../api/client";
import { confirmation } from "../parts/confirm.svelte";
import { notes } from "./notes.svelte";
import { queue } from "./queue.svelte";
import { route } from "./route.svelte";
import { search } from "./search.svelte";
import { selection } from "./selection.svelte";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";

/** Forgets everything of the account on this device. */
export function leave(): void {
  queue.close();
  notes.close();
  search.clear();
  selection.clear();
  session.forget();
  route.go("/login", "replace");
}

export async function signOut(): Promise<void> {
  const left = notes.ops.length;
  if (left > 0) {
    const what = left === 1 ? "1 change has" : `${left} changes have`;
    const yes = await confirmation.ask(
      "Sign out and lose changes?",
      `${what} not reached the server yet, and would be lost.`,
      "Sign out",
    );
    if (!yes) return;
  }
  const guest = session.account?.guest;
  if (guest) {
    const yes = await confirmation.ask(
      "Sign out of a guest account?",
      "A guest has no password: nobody can come back to these notes. In the settings you can keep them.",
      "Sign out",
    );
    if (!yes) return;
  }
  try {
    await api.POST("/api/auth/logout");
  } catch (cause) {
    toasts.failure(cause, "You are still signed in.");
    return;
  }
  leave();
}
