// What the user does with a series of reminders.
import type { NewRecurrence, Recurrence } from "../../api/types";
import { moment } from "../../state/dates";
import { notes } from "../../state/notes.svelte";
import { queue, stamp } from "../../state/queue.svelte";
import { nextAfter } from "../../state/recurrence";
import { toasts } from "../../state/toasts.svelte";

/** Gives a note a reminder that comes again, or with `null` one that comes once. */
export function setSeries(id: string, reminderAt: string, recurrence: NewRecurrence | null): void {
  queue.push({ kind: "patch", ...stamp(notes.nameOf(id)), patch: { reminderAt, recurrence } });
}

/** Says if the next time of a series can be left out from here. */
export function canSkip(recurrence: Recurrence, reminderAt: string): boolean {
  return nextAfter(recurrence, new Date(reminderAt)) !== undefined;
}

/** Leaves the next reminder of a series out; the series ends with its last one. */
export function skip(id: string): void {
  const note = notes.get(id);
  if (!note?.reminderAt || !note.recurrence) return;
  const { reminderAt: before, recurrence } = note;
  const next = nextAfter(recurrence, new Date(before));
  if (next === undefined) return;
  const reminderAt = next?.toISOString() ?? null;
  queue.push({ kind: "patch", ...stamp(note.id), patch: { reminderAt } });
  toasts.show(reminderAt ? `The next reminder is ${moment(reminderAt)}.` : "That was the last reminder.", {
    action: { label: "Undo", run: () => setSeries(note.id, before, { ...recurrence }) },
  });
}
