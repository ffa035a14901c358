// Ways into the page from outside of it: what another program shares, and shortcuts of the installed page.
import { create } from "../../state/actions";
import { type Received, receiveFor, takeReceived } from "../../state/received";
import { route } from "../../state/route.svelte";
import { session } from "../../state/session.svelte";
import { toasts } from "../../state/toasts.svelte";
import { attach } from "../attachments/files.svelte";

/** Does what the address of this start asks for, once, and takes what was shared with the account. */
export async function begin(): Promise<void> {
  const account = session.account?.id;
  const params = new URL(location.href).searchParams;
  const start = params.get("start");
  const received = params.has("received");
  if (received) route.go(route.with({ received: null }), "replace");
  if (start === "checklist") {
    route.go(route.with({ start: null, note: create({ content: "- [ ] " }) }), "replace");
  } else if (start === "search") {
    route.go(route.with({ start: null }), "replace");
    document.getElementById("search")?.focus();
  }
  if (!account) return;
  await receiveFor(account);
  const taken = await takeReceived(account, received);
  // Whoever is here by now is not who it was sent to.
  if (session.account?.id !== account) return;
  const made = taken.map(make);
  if (made.length === 0) return;
  // What somebody has opened meanwhile stays open.
  if (received) route.go(route.with({ note: made.at(-1)! }), "replace");
  toasts.show("Shared to a new note.");
}

/** Makes a note of what was received, and returns its id. */
function make({ title, text, url, files }: Received): string {
  // Programs put an address into the text or beside it, or both.
  const lines = [text, text.includes(url) ? "" : url].filter(Boolean);
  const id = create({ title, content: lines.join("\n\n") });
  if (files.length > 0) attach(id, files);
  return id;
}
