// A part of the page that cannot be fetched, because there is no connection: markup that waits for it shows nothing, and the error is of no use
// on the console. A user who has just pressed something gets a message; browsers do not fetch a part again before the page is loaded again.
import { toasts } from "./toasts.svelte";

/** The messages of Chromium and Firefox, of Safari, and of Vite about styles. */
const MESSAGES = /dynamically imported module|Importing a module script failed|Unable to preload/i;

addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Error) || !MESSAGES.test(event.reason.message)) return;
  event.preventDefault();
  if (navigator.userActivation?.isActive !== false)
    toasts.show("A part of the page could not be loaded. Look at your connection, then load the page again.", {
      kind: "error",
      action: { label: "Load again", run: () => location.reload() },
    });
});
