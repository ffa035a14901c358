// Lists of notes, read page by page. A list is what matches among all notes that are known, as far as it was read: so it is right after every
// change, whoever made it, and no page can lose or repeat a note.
import type { Failure, Note } from "../api/client";
import { type Filter, keyOf, placeOf } from "./lists";
import { notes } from "./notes.svelte";

export { type Filter, keyOf, matches } from "./lists";

/** The part of a list that was read, as long as neither changes. */
interface Cut {
  whole: readonly Note[];
  frontier: Note;
  part: Note[];
}

class Walks {
  loading = $state.raw<ReadonlySet<string>>(new Set());
  failures = $state.raw<ReadonlyMap<string, Failure>>(new Map());

  #cuts = new Map<string, Cut>();

  /** Notes of a list, as far as it was read: the same array until one of them changes. */
  list(filter: Filter): Note[] {
    const whole = notes.list(filter) as Note[];
    const key = keyOf(filter);
    const walk = notes.walks.get(key);
    const frontier = walk && !this.complete(filter) ? walk.frontier : undefined;
    if (!frontier) return whole;
    const known = this.#cuts.get(key);
    if (known?.whole === whole && known.frontier === frontier) return known.part;
    const at = placeOf(whole, frontier);
    const part = whole.slice(0, whole[at]?.id === frontier.id ? at + 1 : at);
    this.#cuts.set(key, { whole, frontier, part });
    return part;
  }

  /** Whether a list was read to its end, and all of it is there. */
  complete(filter: Filter): boolean {
    const { walks } = notes;
    return !notes.reading && !!(walks.get(keyOf(filter))?.done || walks.get(keyOf({ place: filter.place }))?.done);
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
    const { readPage } = await import("./reading");
    await readPage(filter);
  }

  /** Reads on where reading failed. */
  retry(): void {
    this.failures = new Map();
  }

  /** Forgets what went wrong. */
  clear(): void {
    this.#cuts.clear();
    this.retry();
  }

  settle(key: string, failure?: Failure): void {
    const failures = new Map(this.failures);
    if (failure) failures.set(key, failure);
    else failures.delete(key);
    this.failures = failures;
  }
}

export const walks = new Walks();
