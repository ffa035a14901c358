// Follows what other devices do.
import { walks } from "./walks.svelte";

/** Follows until what it returns is called. */
export function live(): () => void {
  const look = (): void => {
    if (document.visibilityState === "visible") walks.retry();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    removeEventListener("online", look);
  };
}
