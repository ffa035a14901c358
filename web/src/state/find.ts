// A search of what this device has, for when the service cannot be reached. Loaded then.
import type { Hit, Note } from "../api/client";
import { notes } from "./notes.svelte";
import type { Search } from "./search.svelte";
import { type Query, readQuery, snippetOf, wordsOf } from "./words";

/** Notes between two breaths of the page. */
const PIECE = 150;
const MOST = 200;

/** Words, and the entries in which they are. An entry is a note as it was; once it has changed, it gets another entry. */
export class Index {
  #entries: (Note | undefined)[] = [];
  #known = new Map<string, number>();
  #words = new Map<string, number[]>();
  #sorted: string[] | undefined;
  #gone = 0;

  /** Takes in what has changed since the last time. */
  async update(all: ReadonlyMap<string, Note>): Promise<void> {
    if (this.#gone > this.#entries.length / 2) this.#clear();
    for (const [id, entry] of this.#known) {
      if (this.#entries[entry] === all.get(id)) continue;
      this.#entries[entry] = undefined;
      this.#known.delete(id);
      this.#gone += 1;
    }
    let done = 0;
    for (const note of [...all.values()]) {
      if (this.#known.has(note.id)) continue;
      this.#add(note);
      done += 1;
      if (done % PIECE === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }

  find({ words, begun, phrases }: Query): Note[] {
    let found: Set<number> | undefined;
    const sets = words.map((word) => new Set(this.#words.get(word)));
    if (begun !== undefined) sets.push(this.#beginning(begun));
    for (const set of sets.sort((a, b) => a.size - b.size))
      found = found === undefined ? set : new Set([...found].filter((entry) => set.has(entry)));
    const hits = [...(found ?? [])].map((entry) => this.#entries[entry]).filter((note) => note !== undefined);
    if (phrases.length === 0) return hits;
    return hits.filter(({ title, content }) => {
      const text = ` ${wordsOf(`${title}\n${content}`).join(" ")} `;
      return phrases.every((phrase) => text.includes(` ${phrase.join(" ")} `));
    });
  }

  #add(note: Note): void {
    const entry = this.#entries.push(note) - 1;
    this.#known.set(note.id, entry);
    for (const word of new Set(wordsOf(`${note.title}\n${note.content}`))) {
      const list = this.#words.get(word);
      if (list) list.push(entry);
      else {
        this.#words.set(word, [entry]);
        this.#sorted = undefined;
      }
    }
  }

  #beginning(begun: string): Set<number> {
    const sorted = (this.#sorted ??= [...this.#words.keys()].sort());
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < begun) low = middle + 1;
      else high = middle;
    }
    const found = new Set<number>();
    for (; low < sorted.length && sorted[low]!.startsWith(begun); low += 1)
      for (const entry of this.#words.get(sorted[low]!)!) found.add(entry);
    return found;
  }

  #clear(): void {
    this.#entries = [];
    this.#known.clear();
    this.#words.clear();
    this.#sorted = undefined;
    this.#gone = 0;
  }
}

let index = new Index();
let account = "";

export async function find({ q, place, labelIds }: Search): Promise<Hit[]> {
  if (account !== notes.account) index = new Index();
  ({ account } = notes);
  await index.update(notes.all);
  const query = readQuery(q);
  const rank = (note: Note): number => {
    const title = wordsOf(note.title);
    const wanted = [...query.words, ...(query.begun === undefined ? [] : [query.begun])];
    return wanted.filter((word) => title.includes(word)).length;
  };
  return index
    .find(query)
    .filter((note) => (place ? note.place === place : note.place !== "trash"))
    .filter((note) => labelIds.length === 0 || labelIds.some((id) => note.labelIds.includes(id)))
    .map((note) => ({ note, rank: rank(note) }))
    .sort((a, b) => b.rank - a.rank || (a.note.updatedAt < b.note.updatedAt ? 1 : -1))
    .slice(0, MOST)
    .map(({ note }) => ({ note, snippet: snippetOf(note.content, query) }));
}
