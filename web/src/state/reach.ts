// What the page that speaks with the service says to all pages of the browser.
import { notes } from "./notes.svelte";
import { hear, tell } from "./tabs";
import { link, toasts } from "./toasts.svelte";

/** Whether the service could be reached. */
export function reached(yes: boolean): void {
  if (link.lost === !yes) return;
  link.lost = !yes;
  tell({ account: notes.account, kind: "link", lost: link.lost });
}

/** Says that something went wrong, where somebody looks. */
export function say(text: string, requestId?: string): void {
  toasts.show(text, { kind: "error", requestId });
  tell({ account: notes.account, kind: "says", text, requestId });
}

hear((message) => {
  if (message.account !== notes.account || notes.leading) return;
  if (message.kind === "link") link.lost = message.lost;
  else if (message.kind === "says" && document.visibilityState === "visible")
    toasts.show(message.text, { kind: "error", requestId: message.requestId });
});
