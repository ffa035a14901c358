// What the user does with notes: a change in the queue, and a word about it where there is something to undo.
import { plural } from "../locale";
import { api, type Color, type NewNote, type Note } from "../api/client";
import { confirmation } from "../parts/confirm.svelte";
import { hasTasks, hideCheckboxes, showCheckboxes } from "../markdown/checkboxes";
import { sinkItem, toggleItem } from "../markdown/checklist";
import { notes } from "./notes.svelte";
import { compareNotes, type PlaceVerb, positionAfter, topPosition } from "./ops";
import { queue, stamp } from "./queue.svelte";
import { ask } from "./session.svelte";
import { sinking } from "./sinking.svelte";
import { announcer, toasts } from "./toasts.svelte";

/** Makes a note; its name until the service gives it another. */
export function create(note: NewNote): string {
  const id = `local-${crypto.randomUUID()}`;
  queue.push({ kind: "create", ...stamp(id), position: topPosition(), notBefore: Date.now() + 700, note });
  return id;
}

export function setColor(id: string, color: Color): void {
  queue.push({ kind: "patch", ...stamp(notes.nameOf(id)), patch: { color } });
}

export function setLabels(id: string, labelIds: string[]): void {
  queue.push({ kind: "patch", ...stamp(notes.nameOf(id)), patch: { labelIds } });
}

export function setReminder(id: string, reminderAt: string | null): void {
  queue.push({ kind: "patch", ...stamp(notes.nameOf(id)), patch: { reminderAt } });
}

export function setPinned(id: string, pinned: boolean): void {
  queue.push({ kind: "patch", ...stamp(notes.nameOf(id)), position: topPosition(), patch: { pinned } });
  announcer.say(pinned ? "Pinned" : "Unpinned");
}

export function setItem(id: string, index: number, checked: boolean): void {
  const note = notes.get(id);
  if (!note) return;
  const toggle = sinking.on ? sinkItem : toggleItem;
  queue.write(id, { title: note.title, content: toggle(note.content, index, checked) });
  queue.flush();
}

/** Makes a checklist of the text of a note, or text of its checklist, and offers the way back. */
export function setCheckboxes(id: string, shown: boolean): void {
  const note = notes.get(id);
  if (!note) return;
  const { title, content } = note;
  const change = shown ? showCheckboxes : hideCheckboxes;
  queue.write(id, { title, content: change(content) });
  queue.flush();
  const back = (): void => {
    const now = notes.get(id);
    if (now) queue.write(id, { title: now.title, content });
    queue.flush();
  };
  toasts.show(shown ? "Checkboxes shown." : "Checkboxes hidden.", { action: { label: "Undo", run: back } });
}

export { hasTasks };

/** Tells what became of a number of notes. */
export function movedWords(verb: PlaceVerb, count: number): string {
  switch (verb) {
    case "archive":
      return plural(count, ["Note archived.", "# notes archived."]);
    case "unarchive":
      return plural(count, ["Note back among your notes.", "# notes back among your notes."]);
    case "trash":
      return plural(count, ["Note moved to the trash.", "# notes moved to the trash."]);
    case "restore":
      return plural(count, ["Note restored.", "# notes restored."]);
  }
}

const BACK: Record<PlaceVerb, PlaceVerb> = {
  archive: "unarchive",
  unarchive: "archive",
  trash: "restore",
  restore: "trash",
};

function place(ids: readonly string[], verb: PlaceVerb): void {
  queue.flush();
  queue.push(
    ...ids.map((id) => ({ kind: "place" as const, ...stamp(notes.nameOf(id)), position: topPosition(), verb })),
  );
}

/** Moves notes somewhere else, and offers the way back. */
export function move(ids: readonly string[], verb: PlaceVerb): void {
  const before = ids.map((id) => notes.get(id)).filter((note) => note !== undefined);
  place(
    before.map(({ id }) => id),
    verb,
  );
  const back = (): void => {
    place(
      before.map(({ id }) => id),
      BACK[verb],
    );
    for (const note of before) {
      if (note.place === "active" && note.pinned && !notes.get(note.id)?.pinned) setPinned(note.id, true);
    }
    announcer.say("Undone");
  };
  toasts.show(movedWords(verb, before.length), { action: { label: "Undo", run: back } });
}

function deleteForGood(ids: readonly string[]): void {
  queue.push(...ids.map((id) => ({ kind: "delete" as const, ...stamp(notes.nameOf(id)) })));
  toasts.show(plural(ids.length, ["Note deleted for good.", "# notes deleted for good."]));
}

/** Asks, and deletes; whether it was done. */
export async function askToDelete(ids: readonly string[]): Promise<boolean> {
  const yes = await confirmation.ask(
    plural(ids.length, ["Delete this note for good?", "Delete # notes for good?"]),
    "It cannot be restored afterwards.",
    "Delete for good",
  );
  if (yes) deleteForGood(ids);
  return yes;
}

/** Asks, and deletes everything in the trash. */
export async function emptyTrash(): Promise<void> {
  const yes = await confirmation.ask(
    "Empty the trash?",
    "All notes in the trash are deleted for good. They cannot be restored.",
    "Empty the trash",
  );
  if (!yes) return;
  try {
    const { deleted } = await ask(api.DELETE("/api/trash"));
    notes.drop([...notes.base.values()].filter((note) => note.place === "trash").map(({ id }) => id));
    toasts.show(plural(deleted, ["Note deleted for good.", "# notes deleted for good."]));
  } catch (cause) {
    toasts.failure(cause, "The trash was not emptied.");
  }
}

/** Puts a note beside another one of its place. */
export function moveBeside(note: Note, side: "before" | "after", other: Note): void {
  let position: string;
  if (side === "after") position = positionAfter(other.position);
  else {
    const section = [...notes.all.values()]
      .filter(({ place, pinned, id }) => place === other.place && pinned === other.pinned && id !== note.id)
      .sort(compareNotes);
    const ahead = section[section.findIndex(({ id }) => id === other.id) - 1];
    position = ahead ? positionAfter(ahead.position) : topPosition();
  }
  queue.push({
    kind: "move",
    ...stamp(note.id),
    position,
    pinned: other.pinned,
    target: side === "before" ? { before: other.id } : { after: other.id },
  });
}

export function copyOf(note: Note): string {
  const { title, content, color, labelIds } = note;
  return create({ title: title ? `${title} (copy)` : "", content, color, labelIds });
}
