// Lets the page open without a network.
import { LOCALE } from "./locale";

interface WorkerPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: WorkerPolicy): WorkerPolicy;
}

const WORKER = "/worker.js";

let kept = false;

/** Lets the service worker keep the page; again does nothing. */
export function keepPage(): void {
  if (kept || !("serviceWorker" in navigator)) return;
  kept = true;
  // The policy of the page demands that an address of a program is approved: this one is, and no other.
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("notes-worker", {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError(`not a program of this page: ${url}`);
      return url;
    },
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER).catch(() => {
    // Storage is forbidden, or the page is not served securely. It works; it only does not open without a network.
  });
  // It keeps the files of this language, and its notifications speak it.
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ language: LOCALE }));
}
