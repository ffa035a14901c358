// Passkeys that the browser suggests in the field for the name, beside what a password manager knows.
import { api } from "../api/client";
import { suggestionsWork, usePasskey } from "./passkeys";

/** A little less than the five minutes for which the service knows its question. */
const LASTS = 4.5 * 60_000;

/** What the service has asked and nobody has answered yet. */
let question: { options: unknown; until: number } | undefined;

let stop: (() => Promise<void>) | undefined;

/** Suggests until it is ended; what somebody has chosen is handed over. */
export function suggest(onchoose: (credential: unknown) => void): () => void {
  const abort = new AbortController();
  const running = run(abort.signal, onchoose).catch(() => {
    // Nobody has asked for it: the other ways are there.
  });
  const end = async (): Promise<void> => {
    abort.abort();
    await running;
  };
  stop = end;
  return () => void end();
}

/** Ends it before the browser is asked something else. */
export async function stopSuggesting(): Promise<void> {
  await stop?.();
}

async function run(signal: AbortSignal, onchoose: (credential: unknown) => void): Promise<void> {
  if (!(await suggestionsWork())) return;
  while (!signal.aborted) {
    // Whoever comes back to the form within that time is asked the same question.
    if (!question || question.until < Date.now()) {
      const { options } = await api.POST("/api/auth/passkey/options");
      question = { options, until: Date.now() + LASTS };
    }
    const old = AbortSignal.timeout(question.until - Date.now());
    try {
      const credential = await usePasskey(question.options, {
        mediation: "conditional",
        signal: AbortSignal.any([signal, old]),
      });
      question = undefined;
      onchoose(credential);
      return;
    } catch (cause) {
      if (!old.aborted) throw cause;
      await seen(signal);
    }
  }
}

/** Waits until the page can be seen. */
function seen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== "visible" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}
