// Lists of notes, read page by page. A list is what matches among all notes that are known, as far as it was read: so it is right after every
// change, whoever made it, and no page can lose or repeat a note.
import { api, Failure, type Color, type Note, type Place } from "../api/client";
import { notes } from "./notes.svelte";
import { compareNotes } from "./ops";
import { ask } from "./session.svelte";

export interface Filter {
  place: Place;
  labelIds?: string[];
  color?: Color | undefined;
  hasReminder?: boolean;
}

const PAGE = 40;

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

/** What of `all` a list shows that was read up to `frontier`; all that matches, without one. */
export function select(all: Iterable<Note>, filter: Filter, frontier: Note | undefined): Note[] {
  const found: Note[] = [];
  for (const note of all) {
    if (matches(note, filter) && (!frontier || compareNotes(note, frontier) <= 0)) found.push(note);
  }
  return found.sort(compareNotes);
}

class Walks {
  loading = $state.raw<ReadonlySet<string>>(new Set());
  failures = $state.raw<ReadonlyMap<string, Failure>>(new Map());

  /** Notes of a list. */
  list(filter: Filter): Note[] {
    const walk = notes.walks.get(keyOf(filter));
    return select(notes.all.values(), filter, walk && !walk.done && !this.complete(filter) ? walk.frontier : undefined);
  }

  /** Whether a list was read to its end. */
  complete(filter: Filter): boolean {
    return !!(notes.walks.get(keyOf(filter))?.done || notes.walks.get(keyOf({ place: filter.place }))?.done);
  }

  started(filter: Filter): boolean {
    return notes.walks.has(keyOf(filter)) || this.complete(filter);
  }

  isLoading(filter: Filter): boolean {
    return this.loading.has(keyOf(filter));
  }

  failure(filter: Filter): Failure | undefined {
    return this.failures.get(keyOf(filter));
  }

  /** Reads the next page of a list, unless it is being read or there is none. */
  async more(filter: Filter): Promise<void> {
    const key = keyOf(filter);
    if (this.loading.has(key) || this.complete(filter)) return;
    this.loading = new Set(this.loading).add(key);
    const before = notes.walks.get(key);
    try {
      const page = await ask(
        api.GET("/api/notes", {
          params: {
            query: {
              place: filter.place,
              labelId: filter.labelIds ?? [],
              ...(filter.color ? { color: filter.color } : {}),
              ...(filter.hasReminder === undefined ? {} : { hasReminder: filter.hasReminder }),
              ...(before?.cursor ? { cursor: before.cursor } : {}),
              limit: PAGE,
            },
          },
        }),
      );
      // Everything was forgotten meanwhile: this page belongs to a list that is no more.
      if (notes.walks.get(key) !== before) return;
      notes.revision ??= page.revision;
      notes.take(page.items);
      const frontier = page.items.at(-1) ?? before?.frontier;
      notes.walks = new Map(notes.walks).set(key, {
        ...(frontier ? { frontier } : {}),
        ...(page.nextCursor ? { cursor: page.nextCursor } : {}),
        done: !page.nextCursor,
      });
      notes.keep();
      this.#settle(key);
    } catch (cause) {
      this.#settle(key, Failure.of(cause));
    } finally {
      const loading = new Set(this.loading);
      loading.delete(key);
      this.loading = loading;
    }
  }

  /** Reads on where reading failed. */
  retry(): void {
    this.failures = new Map();
  }

  #settle(key: string, failure?: Failure): void {
    const failures = new Map(this.failures);
    if (failure) failures.set(key, failure);
    else failures.delete(key);
    this.failures = failures;
  }
}

export const walks = new Walks();
