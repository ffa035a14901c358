// Lets the page be installed, and open without a network.
import { LANGUAGE, LOCALE } from "./locale";

interface WorkerPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: WorkerPolicy): WorkerPolicy;
}

const WORKER = "/worker.js";

let kept = false;

/** Says how the page is installed, in its language. Browsers would ask for that before anything is seen. */
function nameManifest(): void {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = LANGUAGE === "en" ? "/manifest.webmanifest" : `/manifest.${LANGUAGE}.webmanifest`;
  document.head.append(link);
}

/** Names the manifest, and lets the service worker keep the page; again does nothing. */
export function keepPage(): void {
  if (kept) return;
  kept = true;
  nameManifest();
  if (!("serviceWorker" in navigator)) return;
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
