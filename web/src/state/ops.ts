// Changes that the user has made and the service has not confirmed, and how notes look with them.
import type { NewNote, Note, NotePatch, NoteTarget } from "../api/client";

export { compareNotes, isLocal } from "./order";

export interface Text {
  title: string;
  content: string;
}

interface Common {
  /** Names the change. */
  uid: string;
  /** The page that made it, which alone goes on with it. */
  page?: string;
  /** Its place among the changes of all pages. */
  order?: number;
  /** Grows whenever its page goes on with it: what others say of an earlier state is not news to that page. */
  rev?: number;
  /** The note; until the service has named it, a name that begins with `local-`. */
  id: string;
  /** Where the note stands meanwhile, if it moves. */
  position?: string;
  /** When the user made it. */
  at: string;
  /** Not to be sent before: the user is still typing. */
  notBefore?: number;
  /** Why the service refuses it. It waits for the user, because it holds what the user wrote. */
  refused?: { message: string; requestId?: string };
}

export type Create = Common & { kind: "create"; note: NewNote };
export type Edit = Common & {
  kind: "text";
  text: Text;
  /** What the user saw and changed. */
  base: Text & { version: number };
  /** What somebody else has made of it meanwhile, if that cannot be put together. */
  theirs?: Note;
};
export type Patch = Common & { kind: "patch"; patch: Omit<NotePatch, "title" | "content"> };
export type PlaceVerb = "archive" | "unarchive" | "trash" | "restore";
export type Op =
  | Create
  | Edit
  | Patch
  | (Common & { kind: "place"; verb: PlaceVerb })
  | (Common & { kind: "move"; target: NoteTarget; pinned: boolean })
  | (Common & { kind: "delete" });

// Positions of the service are hexadecimal digits. Characters below them make places that it cannot have given.
let tops = 0;

/** A position before all others, also before those that this gave earlier. */
export function topPosition(): string {
  return `\u0001${String.fromCharCode(0xd000 - (tops++ % 0xc000))}`;
}

/** The position right after `position`. */
export function positionAfter(position: string): string {
  return `${position}\u0001`;
}

function draft(op: Create): Note {
  const { note } = op;
  return {
    id: op.id,
    title: note.title ?? "",
    content: note.content ?? "",
    color: note.color ?? "white",
    pinned: note.pinned ?? false,
    place: "active",
    labelIds: note.labelIds ?? [],
    ...(note.reminderAt ? { reminderAt: note.reminderAt } : {}),
    ...(note.recurrence ? { recurrence: { start: "", ...note.recurrence } } : {}),
    position: op.position ?? "",
    version: 0,
    createdAt: op.at,
    updatedAt: op.at,
    attachmentCount: 0,
  };
}

export type Combine = (base: Text, mine: Text, theirs: Text) => Text | undefined;

/** It comes with the queue. Until then the user's own text is shown as it was kept. */
let combine: Combine | undefined;

export function combineWith(how: Combine): void {
  combine = how;
}

export function sameText(a: Text, b: Text): boolean {
  return a.title === b.title && a.content === b.content;
}

function without<K extends keyof Note>(note: Note, key: K): Omit<Note, K> {
  const { [key]: _, ...rest } = note;
  return rest;
}

/** What a note looks like once `op` is done; nothing if it is gone then. */
export function apply(note: Note | undefined, op: Op): Note | undefined {
  if (op.kind === "create") return draft(op);
  if (!note) return undefined;
  const position = op.position ?? note.position;
  switch (op.kind) {
    case "text":
      // An edit changes what is there, whoever has changed other places of it meanwhile.
      return {
        ...note,
        ...((sameText(op.base, note) ? undefined : combine?.(op.base, op.text, note)) ?? op.text),
        updatedAt: op.at,
      };
    case "patch": {
      const { reminderAt, recurrence, ...patch } = op.patch;
      let changed = { ...note, ...patch, position } as Note;
      if (recurrence) changed = { ...changed, recurrence: { start: "", ...recurrence } };
      // A series ends with its reminder.
      else if (recurrence === null || reminderAt === null) changed = without(changed, "recurrence");
      if (reminderAt === undefined) return changed;
      return reminderAt === null ? without(changed, "reminderAt") : { ...changed, reminderAt };
    }
    case "place":
      if (op.verb === "trash") return { ...note, place: "trash", trashedAt: op.at, position };
      return { ...without(note, "trashedAt"), place: op.verb === "archive" ? "archived" : "active", position };
    case "move":
      return { ...note, pinned: op.pinned, position };
    case "delete":
      return undefined;
  }
}

/** All notes as they look with `ops` done. */
export function applyAll(base: Iterable<[string, Note]>, ops: readonly Op[]): Map<string, Note> {
  const notes = new Map(base);
  for (const op of ops) {
    const note = apply(notes.get(op.id), op);
    if (note) notes.set(op.id, note);
    else notes.delete(op.id);
  }
  return notes;
}
