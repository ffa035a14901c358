// What belongs to one account: it is forgotten as soon as that account is not the one of this page any more.
import { untrack } from "svelte";
import { session } from "./session.svelte";

/** Calls `forget` whenever another account, or none, takes the place of the present one. */
export function ofAccount(forget: () => void): void {
  let before = session.account?.id;
  $effect.root(() => {
    $effect(() => {
      const now = session.account?.id;
      if (now === before) return;
      before = now;
      untrack(forget);
    });
  });
}
