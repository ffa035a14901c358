// Going: what is forgotten with an account.
import { endSession } from "../api/client";
import { plural } from "../locale";
import { confirmation } from "../parts/confirm.svelte";
import { shut } from "./account";
import { Database } from "./database";
import { erase } from "./erase";
import { notes } from "./notes.svelte";
import { route } from "./route.svelte";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";

/** Forgets everything of the account on this device. */
export function forget(): void {
  const account = session.account?.id;
  session.forget();
  shut();
  toasts.clear();
  if (account) erase(account);
}

/** Forgets the account and goes to the sign-in. */
export function leave(): void {
  forget();
  route.go("/login", "replace");
}

/** The number of changes that the service has not got. */
async function unsent(): Promise<number> {
  if (notes.account || !session.account) return notes.ops.length;
  // The page was opened after the session had ended: nothing was read yet.
  const database = await Database.open(session.account.id);
  const ops = await database?.ops();
  database?.close();
  return ops?.length ?? 0;
}

async function losesNothing(): Promise<boolean> {
  const left = await unsent();
  if (left === 0) return true;
  return confirmation.ask(
    "Sign out and lose changes?",
    plural(left, [
      "# change has not reached the server yet and would be lost.",
      "# changes have not reached the server yet and would be lost.",
    ]),
    "Sign out",
  );
}

/** Gives up the account whose session has ended, for another. */
export async function giveUp(): Promise<void> {
  if (await losesNothing()) leave();
}

export async function signOut(): Promise<void> {
  if (!(await losesNothing())) return;
  const guest = session.account?.guest;
  if (guest) {
    const yes = await confirmation.ask(
      "Sign out of a guest account?",
      "A guest has no password, so these notes cannot be opened again. You can keep them in the settings.",
      "Sign out",
    );
    if (!yes) return;
  }
  let elsewhere: string | undefined;
  try {
    elsewhere = await endSession();
  } catch (cause) {
    toasts.failure(cause, "You are still signed in.");
    return;
  }
  leave(); // Whoever signed in at a provider is signed in there until its own page ends that, too.
  if (elsewhere) location.assign(elsewhere);
}
