// Changes that the user has made and the service has not confirmed: how they look until then, and how they are put together.
import type { NewNote, Note, NotePatch, NoteTarget } from "../api/client";

export interface Text {
  title: string;
  content: string;
}

interface Common {
  /** Names the change. */
  uid: string;
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
  /** What the user changed. */
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
      return { ...note, ...op.text, updatedAt: op.at };
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

/**
 * The queue with `op` at its end, or in what waits there already: typing makes one change, not one a key. `sending` is on its way and stays as
 * it is.
 */
export function enqueue(ops: readonly Op[], op: Op, sending: string | undefined): Op[] {
  const at = ops.findLastIndex(({ id }) => id === op.id);
  const last = ops[at];
  const merged = last && last.uid !== sending ? merge(last, op) : undefined;
  return merged ? ops.with(at, merged) : [...ops, op];
}

function merge(last: Op, op: Op): Op | undefined {
  const later = {
    at: op.at,
    ...(op.position === undefined ? {} : { position: op.position }),
    ...(op.notBefore === undefined ? {} : { notBefore: op.notBefore }),
  };
  if (last.kind === "create") {
    const { refused: _, ...create } = last;
    if (op.kind === "text") return { ...create, ...later, note: { ...create.note, ...op.text } };
    if (op.kind === "patch") {
      // A note that is still to be made has no reminder to end: what is null is left out.
      const { reminderAt, recurrence, ...patch } = op.patch;
      const { reminderAt: before, recurrence: seriesBefore, ...note } = create.note;
      const reminder = reminderAt === undefined ? before : (reminderAt ?? undefined);
      const series = recurrence === undefined ? seriesBefore : (recurrence ?? undefined);
      return {
        ...create,
        ...later,
        note: {
          ...note,
          ...patch,
          ...(reminder ? { reminderAt: reminder } : {}),
          ...(series ? { recurrence: series } : {}),
        },
      };
    }
  }
  if (last.kind === "text" && op.kind === "text") {
    const { refused: _, ...edit } = last;
    return { ...edit, ...later, text: op.text };
  }
  if (last.kind === "patch" && op.kind === "patch") return { ...last, ...later, patch: { ...last.patch, ...op.patch } };
  return undefined;
}

/** The queue once `done` has become `note`: what is left is based on it. */
export function settle(ops: readonly Op[], done: Op, note: Note | undefined): Op[] {
  const rest = ops.filter(({ uid }) => uid !== done.uid);
  if (!note) return rest;
  return rest.map((op) => {
    if (op.id !== done.id) return op;
    const moved = { ...op, id: note.id };
    if (moved.kind !== "text") return moved;
    const base = { title: note.title, content: note.content, version: note.version };
    const sent = sentText(done);
    // What was typed while `done` was on its way continues it, and what `done` was put together with stays.
    if (sent) return { ...moved, base, text: combine(sent, moved.text, note) ?? moved.text };
    return note.title === moved.base.title && note.content === moved.base.content ? { ...moved, base } : moved;
  });
}

function sentText(op: Op): Text | undefined {
  if (op.kind === "text") return op.text;
  return op.kind === "create" ? { title: op.note.title ?? "", content: op.note.content ?? "" } : undefined;
}

/** What becomes of an edit when the note was changed meanwhile: text of both, or nothing if both changed the same part. */
export function combine(base: Text, mine: Text, theirs: Text): Text | undefined {
  const title = pick(base.title, mine.title, theirs.title);
  const content = pick(base.content, mine.content, theirs.content);
  return title === undefined || content === undefined ? undefined : { title, content };
}

function pick(base: string, mine: string, theirs: string): string | undefined {
  if (mine === theirs || theirs === base) return mine;
  return mine === base ? theirs : undefined;
}
