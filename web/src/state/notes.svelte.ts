// Notes and labels as the service has confirmed them, and on top of them what the user has done since.
import type { Label, Note } from "../api/client";
import { applyAll, type Edit, type Op } from "./ops";
import { large } from "./storage";

/** What the service said, as it is kept between visits. */
interface Kept {
  account: string;
  revision: number;
  notes: Note[];
  labels: Label[];
  walks: [string, KeptWalk][];
}

/** How far a list was read. */
export interface KeptWalk {
  frontier?: Note;
  cursor?: string;
  done: boolean;
}

class Notes {
  /** What the service has confirmed. It is changed here only. */
  #base = $state.raw<ReadonlyMap<string, Note>>(new Map());
  /** What it has not, in the order in which it was done. */
  ops = $state.raw<readonly Op[]>([]);
  labels = $state.raw<Label[]>([]);
  labelsKnown = $state(false);
  /** The revision from which on changes are asked for; none before anything was read. */
  revision: number | undefined;
  /** How far every list was read. */
  walks = $state.raw<ReadonlyMap<string, KeptWalk>>(new Map());

  /** Notes as the user sees them. */
  readonly all: ReadonlyMap<string, Note> = $derived(applyAll(this.#base, this.ops));

  #names = $state.raw<ReadonlyMap<string, string>>(new Map());
  #account = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  get base(): ReadonlyMap<string, Note> {
    return this.#base;
  }

  /** The note that is called `id`, or was before the service gave it a name. */
  get(id: string): Note | undefined {
    return this.all.get(this.nameOf(id));
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  named(local: string, id: string): void {
    this.#names = new Map(this.#names).set(local, id);
  }

  label(id: string): Label | undefined {
    return this.labels.find((label) => label.id === id);
  }

  /** The edit of a note that waits. */
  edit(id: string): Edit | undefined {
    const name = this.nameOf(id);
    return this.ops.find((op): op is Edit => op.kind === "text" && op.id === name);
  }

  /** Takes notes of the service, unless they are older than what is there. */
  take(notes: readonly Note[]): void {
    const base = new Map(this.#base);
    for (const note of notes) {
      const known = base.get(note.id);
      if (!known || known.version <= note.version) base.set(note.id, note);
    }
    this.#base = base;
    this.keep();
  }

  drop(ids: readonly string[]): void {
    const base = new Map(this.#base);
    for (const id of ids) base.delete(id);
    this.#base = base;
    this.keep();
  }

  takeLabels(labels: readonly Label[]): void {
    this.labels = [...labels].sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
    this.labelsKnown = true;
    this.keep();
  }

  /** Reads what was kept of an account; another one's is forgotten. */
  async open(account: string): Promise<void> {
    if (this.#account === account) return;
    if (this.#account) this.close();
    this.#account = account;
    const kept = await large.get<Kept>("state");
    if (!kept || kept.account !== account || this.#account !== account) return;
    this.#base = new Map([...kept.notes.map((note) => [note.id, note] as const), ...this.#base]);
    this.walks = new Map([...kept.walks, ...this.walks]);
    if (!this.labelsKnown) this.labels = kept.labels;
    // The older of both: changes since then lead to the present from either.
    this.revision = Math.min(kept.revision, this.revision ?? kept.revision);
  }

  /** Forgets everything that the service said. */
  reset(): void {
    this.#base = new Map();
    this.walks = new Map();
    this.revision = undefined;
  }

  /** Forgets everything, on this device too. */
  close(): void {
    this.reset();
    this.labels = [];
    this.labelsKnown = false;
    this.#account = "";
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void large.clear();
  }

  /** Keeps everything for the next visit, soon. */
  keep(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#account || this.revision === undefined) return;
      const kept: Kept = {
        account: this.#account,
        revision: this.revision,
        notes: [...this.base.values()],
        labels: this.labels,
        walks: [...this.walks],
      };
      void large.set("state", kept);
    }, 1000);
  }
}

export const notes = new Notes();
