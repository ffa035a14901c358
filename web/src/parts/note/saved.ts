// What an open note says about whether it is saved.
import type { Note } from "../../api/client";
import { ago } from "../../state/dates";
import { link } from "../../state/toasts.svelte";

export interface Saved {
  text: string;
  bad: boolean;
}

interface State {
  /** Nothing, as long as the service does not know it. */
  note: Note | undefined;
  /** Whether the same words were written elsewhere. */
  theirs: boolean;
  refused: boolean;
  /** Whether there is something to send. */
  pending: boolean;
}

export function saved({ note, theirs, refused, pending }: State): Saved {
  if (theirs) return { text: "Two versions", bad: true };
  if (refused) return { text: "Not saved", bad: true };
  if (pending) return { text: link.lost ? "Kept on this device, sent later" : "Saving…", bad: false };
  if (!note) return { text: "", bad: false };
  const when = ago(note.updatedAt);
  const by = note.writtenBy;
  if (!by) return { text: `Saved · edited ${when}`, bad: false };
  if (!by.username) return { text: `Saved · edited ${when} by a deleted account`, bad: false };
  return { text: `Saved · edited ${when} by ${by.username}`, bad: false };
}
