// Lists of notes in their order, which follow every change without being sorted anew.
import type { Color, Note, Place } from "../api/client";
import { compareNotes } from "./order";
import { Signal } from "./signal.svelte";

export interface Filter {
  place: Place;
  labelIds?: string[];
  color?: Color | undefined;
  hasReminder?: boolean;
}

/** A note before and after a change; none if it was or is not there. */
export type Change = readonly [before: Note | undefined, now: Note | undefined];

/** Lists that are kept up to date; those that nobody has read for the longest time are made anew when they are read again. */
const KEPT = 12;
export function keyOf({ place, labelIds = [], color, hasReminder }: Filter): string {
  return JSON.stringify([place, [...labelIds].sort(), color ?? null, hasReminder ?? null]);
}

export function matches(note: Note, { place, labelIds = [], color, hasReminder }: Filter): boolean {
  return (
    note.place === place &&
    (labelIds.length === 0 || labelIds.some((id) => note.labelIds.includes(id))) &&
    (color === undefined || note.color === color) &&
    (hasReminder === undefined || (note.reminderAt !== undefined) === hasReminder)
  );
}

/** The number of notes of a list that come before `note`. */
export function placeOf(list: readonly Note[], note: Note): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNotes(list[middle]!, note) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface List {
  filter: Filter;
  notes: readonly Note[];
  signal: Signal;
}

export type Follow = (list: readonly Note[], changes: readonly Change[]) => Note[];

export class Lists {
  /** Changes a list without sorting it. It comes later; lists are short until then. */
  follow: Follow = (list, changes) => {
    const gone = new Set(changes.map(([before]) => before));
    return [...list.filter((note) => !gone.has(note)), ...changes.flatMap(([, now]) => now ?? [])].sort(compareNotes);
  };

  #lists = new Map<string, List>();
  // Lists may share one: who reads them looks again, and sees the same array.
  #signals = Array.from({ length: KEPT }, () => new Signal());
  #made = 0;

  /** Returns all notes that match; the same array until one of them changes. */
  read(filter: Filter, all: () => Iterable<Note>): readonly Note[] {
    const key = keyOf(filter);
    let list = this.#lists.get(key);
    if (list) this.#lists.delete(key);
    else {
      const notes: Note[] = [];
      for (const note of all()) if (matches(note, filter)) notes.push(note);
      list = { filter, notes: notes.sort(compareNotes), signal: this.#signals[this.#made++ % KEPT]! };
    }
    // The one that was read last is the last to go.
    this.#lists.set(key, list);
    list.signal.read();
    return list.notes;
  }

  change(changes: readonly Change[]): void {
    for (const list of this.#lists.values()) {
      const own: Change[] = [];
      for (const [before, now] of changes) {
        const was = before && matches(before, list.filter) ? before : undefined;
        const is = now && matches(now, list.filter) ? now : undefined;
        if (was || is) own.push([was, is]);
      }
      if (own.length === 0) continue;
      list.notes = this.follow(list.notes, own);
      list.signal.touch();
    }
    // Whoever reads one of those that go hears of it, and makes it anew.
    for (const [key, list] of this.#lists) {
      if (this.#lists.size <= KEPT) break;
      this.#lists.delete(key);
      list.signal.touch();
    }
  }
}
