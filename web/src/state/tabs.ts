// What the pages of one browser tell each other. Nobody hears what they say themselves.
import type { Account, Label, Note } from "../api/client";
import type { Op } from "./ops";
import type { KeptWalk } from "./notes.svelte";

/** What has changed in the store; it is in the database already, if there is one. */
export interface News {
  notes?: readonly Note[];
  dropped?: readonly string[];
  ops?: readonly Op[];
  doneOps?: readonly string[];
  /** The states of them that were the last to be known. */
  doneRevs?: Readonly<Record<string, number>>;
  labels?: readonly Label[];
  walks?: readonly (readonly [string, KeptWalk])[];
  names?: readonly (readonly [string, string])[];
  revision?: number;
}

export type Message = { account: string } & (
  | { kind: "news"; news: News }
  /** Everything that the service said is forgotten, and read again. */
  | { kind: "reset" }
  /** Somebody waits for what the leader does. */
  | { kind: "hurry" }
  | { kind: "link"; lost: boolean }
  | { kind: "says"; text: string; requestId?: string | undefined }
  | { kind: "reminder"; data: string }
  /** Things that are no notes have changed. */
  | { kind: "parts" }
  /** Who is signed in has changed. */
  | { kind: "in"; who: Account }
  | { kind: "out" }
  | { kind: "expired" }
);

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("notes");
const listeners = new Set<(message: Message) => void>();

channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  for (const listener of listeners) listener(data);
});

/** Whether pages can know of each other. */
export const together = channel !== undefined && typeof navigator !== "undefined" && "locks" in navigator;

/** Names this page while it is open. */
export const PAGE = crypto.randomUUID();

export function tell(message: Message): void {
  channel?.postMessage(message);
}

/** Listens until what it returns is called. */
export function hear(listener: (message: Message) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
