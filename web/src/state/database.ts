// The database of an account on this device: a row for each note and each change, and what is known about lists. It never throws: without it
// the page works, it only forgets.
import type { Note } from "../api/client";
import type { Op } from "./ops";

const PREFIX = "notes:";

export interface Row {
  id: string;
  /** Sorts rows as lists do: first what is seen first. */
  sort: string;
  note: Note;
}

export class Database {
  private constructor(
    readonly db: IDBDatabase,
    /** Whether there was none before. */
    readonly fresh: boolean,
  ) {
    // Another page deletes it: the account was signed out.
    db.onversionchange = () => db.close();
  }

  static open(account: string): Promise<Database | undefined> {
    return new Promise((resolve) => {
      let fresh = false;
      try {
        const request = indexedDB.open(PREFIX + account, 1);
        request.onupgradeneeded = () => {
          fresh = true;
          request.result.createObjectStore("notes", { keyPath: "id" }).createIndex("sort", "sort");
          request.result.createObjectStore("ops", { keyPath: "uid" });
          request.result.createObjectStore("meta");
        };
        request.onsuccess = () => resolve(new Database(request.result, fresh));
        request.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }

  close(): void {
    this.db.close();
  }

  /** Forgets what the service said; what the user has done stays. */
  clear(): void {
    try {
      const transaction = this.db.transaction(["notes", "meta"], "readwrite");
      transaction.objectStore("notes").clear();
      transaction.objectStore("meta").clear();
    } catch {
      // It is closed, and was deleted.
    }
  }

  /** Reads notes in the order of lists, those after the last of the rows before. */
  async notes(count: number, after = ""): Promise<{ notes: Note[]; last: string }> {
    const rows = await this.#run<Row[]>("notes", (store) =>
      store.index("sort").getAll(IDBKeyRange.lowerBound(after, true), count),
    );
    return { notes: (rows ?? []).map(({ note }) => note), last: rows?.at(-1)?.sort ?? after };
  }

  async ops(): Promise<Op[]> {
    return ((await this.#run<Op[]>("ops", (store) => store.getAll())) ?? []).sort(
      (a, b) => (a.order ?? 0) - (b.order ?? 0),
    );
  }

  async meta(): Promise<Map<string, unknown>> {
    const [keys = [], values = []] = await Promise.all([
      this.#run<IDBValidKey[]>("meta", (store) => store.getAllKeys()),
      this.#run<unknown[]>("meta", (store) => store.getAll()),
    ]);
    return new Map(keys.map((key, at) => [String(key), values[at]]));
  }

  #run<T>(name: string, run: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
    return new Promise((resolve) => {
      try {
        const request = run(this.db.transaction(name).objectStore(name));
        request.onsuccess = () => resolve(request.result as T);
        request.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }
}
