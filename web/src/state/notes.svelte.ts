// The store of an account: notes and labels as the service has confirmed them, and on top of them what the user has done since. Views read from
// it; what changes is kept on this device and told to other pages of the browser.
import type { Label, Note } from "../api/client";
import type { Database } from "./database";
import { type Change, type Filter, Lists } from "./lists";
import type { Edit, Op } from "./ops";
import { isLocal } from "./order";
import { Signal } from "./signal.svelte";
import { hear, type Message, tell } from "./tabs";

/** How far a list was read. */
export interface KeptWalk {
  frontier?: Note;
  cursor?: string;
  done: boolean;
}

/** What has to be kept: names of notes and changes, and keys of the rest. */
export class Dirty {
  readonly notes = new Set<string>();
  readonly ops = new Set<string>();
  readonly meta = new Set<string>();

  get any(): boolean {
    return this.notes.size + this.ops.size + this.meta.size > 0;
  }
}

const miss = (message: Message): void => void notes.missed.push(message);

class Notes {
  labels = $state.raw<readonly Label[]>([]);
  labelsKnown = $state(false);
  /** Changes of labels that the service has not answered, and whether others were announced meanwhile. */
  labelsWaiting = 0;
  labelsMissed = false;
  /** How far every list was read. */
  walks = $state.raw<ReadonlyMap<string, KeptWalk>>(new Map());
  /** Whether what this device has is still being read. */
  reading = $state(false);
  /** Whether this page asks the service for changes, and sends those of all pages. */
  leading = false;
  /** Whether there was nothing of the account on this device. */
  fresh = false;

  // Changed in place: signals tell. What has no `#` belongs to the keeper, too, which comes later.
  readonly confirmed = new Map<string, Note>();
  waiting: readonly Op[] = [];
  readonly names = new Map<string, string>();
  readonly signals = new Map<string, Signal>();
  since: number | undefined;
  db: Database | undefined;
  dirty = new Dirty();
  writing: Dirty | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Notes that went while older states of them were still being read. */
  readonly gone = new Set<string>();
  whole: Promise<void> = Promise.resolve();
  /** What other pages said before what this device has was there, which may be older. */
  missed: Message[] = [];
  listen = miss;

  readonly lists = new Lists();
  readonly anyOp = new Signal();
  /** What notes look like with a change; it is there before there are any. */
  apply: ((note: Note | undefined, op: Op) => Note | undefined) | undefined;

  #view = new Map<string, Note>();
  #anyNote = new Signal();
  #account = "";
  #ready!: () => void;
  #opened!: Promise<void>;

  constructor() {
    this.#await();
    hear((message) => {
      if (message.account === this.#account) this.listen(message);
    });
  }

  get account(): string {
    return this.#account;
  }

  /** Fulfilled when the first of what this device has can be seen. */
  get opened(): Promise<void> {
    return this.#opened;
  }

  /** Fulfilled when all of it is there. */
  get read(): Promise<void> {
    return this.whole;
  }

  /** Whether changes outlive the page by themselves. */
  get durable(): boolean {
    return this.db !== undefined;
  }

  /** The revision from which on changes are asked for; none before anything was read. */
  get revision(): number | undefined {
    return this.since;
  }

  set revision(revision: number | undefined) {
    if (this.since === revision) return;
    this.since = revision;
    this.keep(this.dirty.meta, ["revision"]);
  }

  /** Notes as the user sees them: the same map at all times, which changes. */
  get all(): ReadonlyMap<string, Note> {
    this.#anyNote.read();
    return this.#view;
  }

  /** Notes as the service has confirmed them. */
  get base(): ReadonlyMap<string, Note> {
    this.#anyNote.read();
    return this.confirmed;
  }

  /** What the service has not confirmed, in the order in which it was done. */
  get ops(): readonly Op[] {
    this.anyOp.read();
    return this.waiting;
  }

  /** Returns what matches a filter, in order; the same array until something of it changes. */
  list(filter: Filter): readonly Note[] {
    return this.lists.read(filter, () => this.#view.values());
  }

  /** The note that is called `id`, or was before the service gave it a name. */
  get(id: string): Note | undefined {
    const name = this.nameOf(id);
    this.#listen(name);
    return this.#view.get(name);
  }

  nameOf(id: string): string {
    if (!isLocal(id)) return id;
    this.#listen(id);
    return this.names.get(id) ?? id;
  }

  label(id: string): Label | undefined {
    return this.labels.find((label) => label.id === id);
  }

  /** The changes of a note that wait. */
  pending(id: string): Op[] {
    const name = this.nameOf(id);
    this.#listen(name);
    return this.waiting.filter((op) => op.id === name);
  }

  /** The edit of a note that waits; first the one that the user has to decide about. */
  edit(id: string): Edit | undefined {
    const edits = this.pending(id).filter((op) => op.kind === "text");
    return edits.find(({ theirs }) => theirs) ?? edits[0];
  }

  /** Takes notes of the service, unless they are older than what is there. */
  take(notes: readonly Note[]): void {
    const taken = notes.filter((note) => this.isNews(note));
    for (const note of taken) this.confirmed.set(note.id, note);
    const ids = taken.map(({ id }) => id);
    this.touch(ids);
    this.keep(this.dirty.notes, ids);
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.forget(id);
    this.touch(ids);
    this.keep(this.dirty.notes, ids);
  }

  takeLabels(labels: readonly Label[]): void {
    this.setLabels(labels);
    this.keep(this.dirty.meta, ["labels"]);
  }

  takeWalk(key: string, walk: KeptWalk): void {
    this.walks = new Map(this.walks).set(key, walk);
    this.keep(this.dirty.meta, [`walk ${key}`]);
  }

  /** Reads what was kept of an account; another one's is let go. */
  open(account: string): Promise<void> {
    if (this.#account !== account) {
      if (this.#account) this.close();
      this.#account = account;
      this.reading = true;
      void import("./restore")
        .then(({ restore }) => restore(account))
        .catch(() => (this.reading = false))
        .then(this.#ready);
    }
    return this.#opened;
  }

  /** Forgets everything that the service said. */
  reset(): void {
    this.forgetAll();
    this.db?.clear();
    tell({ account: this.#account, kind: "reset" });
  }

  /** Forgets everything that the service said, because it may not be seen; what the user has done stays. */
  lock(): void {
    this.reset();
    this.#forgetLabels();
  }

  #forgetLabels(): void {
    this.labels = [];
    this.labelsKnown = false;
  }

  /** Lets go of everything; what is kept on this device stays there. */
  close(): void {
    const ids = this.waiting.map(({ id }) => id);
    this.waiting = [];
    this.touch(ids);
    this.anyOp.touch();
    this.forgetAll();
    this.#forgetLabels();
    this.missed = [];
    this.listen = miss;
    this.names.clear();
    this.signals.clear();
    this.#account = "";
    this.dirty = new Dirty();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.db?.close();
    this.db = undefined;
    this.reading = false;
    this.#ready();
    this.#await();
  }

  #await(): void {
    this.#opened = new Promise((resolve) => (this.#ready = resolve));
  }

  isNews(note: Note): boolean {
    const known = this.confirmed.get(note.id);
    if (!known || known.version < note.version) return true;
    return known.version === note.version && !note.shortened && JSON.stringify(known) !== JSON.stringify(note);
  }

  forget(id: string): void {
    this.confirmed.delete(id);
    if (this.reading) this.gone.add(id);
  }

  forgetAll(): void {
    const ids = [...this.confirmed.keys()];
    this.confirmed.clear();
    this.touch(ids);
    this.walks = new Map();
    this.since = undefined;
  }

  setLabels(labels: readonly Label[]): void {
    this.labels = [...labels].sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
    this.labelsKnown = true;
  }

  /** Looks at notes again; `anyhow` tells readers also if a note looks as before, but its changes do not. */
  touch(ids: Iterable<string>, anyhow = false): void {
    let waiting: Map<string, Op[]> | undefined;
    if (this.waiting.length > 0) {
      waiting = new Map();
      for (const op of this.waiting) {
        const list = waiting.get(op.id);
        if (list) list.push(op);
        else waiting.set(op.id, [op]);
      }
    }
    const changes: Change[] = [];
    for (const id of ids) {
      const [before, now] = [this.#view.get(id), this.#look(id, waiting?.get(id) ?? [])];
      if (before === now && !anyhow) continue;
      const signal = this.signals.get(id);
      if (signal) signal.touch();
      else if (now) this.signals.set(id, new Signal());
      if (before === now) continue;
      if (now) this.#view.set(id, now);
      else this.#view.delete(id);
      changes.push([before, now]);
    }
    if (changes.length === 0) return;
    this.lists.change(changes);
    this.#anyNote.touch();
  }

  #look(id: string, ops: readonly Op[]): Note | undefined {
    let note = this.confirmed.get(id);
    for (const op of ops) note = this.apply?.(note, op);
    return note;
  }

  /** Tells who reads a note of its changes; of all changes, while there is no such note. */
  #listen(id: string): void {
    (this.signals.get(id) ?? this.#anyNote).read();
  }

  keep(dirty: Set<string>, keys: readonly string[]): void {
    if (keys.length === 0 || !this.#account) return;
    for (const key of keys) dirty.add(key);
    this.timer ??= setTimeout(
      () => void import("./keeper").then(({ write }) => write()).catch(() => (this.timer = undefined)),
      dirty === this.dirty.ops ? 0 : 50,
    );
  }
}

export const notes = new Notes();
