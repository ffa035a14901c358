// Passkeys that the browser suggests in the field for the name, beside what a password manager knows.
import { api } from "../api/client";
import { suggestionsWork, usePasskey } from "./passkeys";

/** A little less than the five minutes for which the service knows its question. */
const LASTS = 4.5 * 60_000;

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
    const { options } = await api.POST("/api/auth/passkey/options");
    const old = AbortSignal.timeout(LASTS);
    try {
      onchoose(await usePasskey(options, { mediation: "conditional", signal: AbortSignal.any([signal, old]) }));
      return;
    } catch (cause) {
      if (!old.aborted) throw cause;
    }
  }
}
