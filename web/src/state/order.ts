// The order of notes, and their names.
import type { Note } from "../api/client";

export function isLocal(id: string): boolean {
  return id.startsWith("local-");
}

/** Pinned ones first, then by position: the order that the service gives. */
export function compareNotes(a: Note, b: Note): number {
  return (
    Number(b.pinned) - Number(a.pinned) ||
    (a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
