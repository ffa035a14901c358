// Copying what is shown once.
import { toasts } from "../../state/toasts.svelte";

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.show("Copied.");
  } catch {
    toasts.show("The browser does not allow copying here.", { kind: "error" });
  }
}
