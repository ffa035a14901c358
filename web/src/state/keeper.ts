// Keeps what changes in the store on this device, and tells it to the other pages of the browser; takes in what they tell.
import type { Note } from "../api/client";
import type { Database, Row } from "./database";
import { Dirty, notes } from "./notes.svelte";
import { changed as followed } from "./follow";
import { apply, type Op } from "./ops";
import { type Message, type News, PAGE, tell } from "./tabs";

/** What is written at once. */
interface Writing extends Required<Pick<News, "notes" | "dropped" | "ops" | "doneOps">> {
  meta: readonly (readonly [key: string, value: unknown])[];
}

notes.apply = apply;
notes.lists.follow = (
  (byAll) => (list, changes) =>
    followed(list, changes, byAll)
)(notes.lists.follow);

function sortOf({ place, pinned, position, id }: Note): string {
  return `${place === "active" ? 0 : place === "archived" ? 1 : 2}${pinned ? 0 : 1}${position} ${id}`;
}

/** Whether it was written. */
function put({ db }: Database, { notes, dropped, ops, doneOps, meta }: Writing): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const transaction = db.transaction(["notes", "ops", "meta"], "readwrite");
      const store = (name: string): IDBObjectStore => transaction.objectStore(name);
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      for (const note of notes) {
        // Another page may have kept a later state, of which this one has not heard yet.
        const known = store("notes").get(note.id) as IDBRequest<Row | undefined>;
        known.onsuccess = () => {
          if (!known.result || known.result.note.version <= note.version)
            store("notes").put({ id: note.id, sort: sortOf(note), note } satisfies Row);
        };
      }
      for (const id of dropped) store("notes").delete(id);
      for (const op of ops) store("ops").put(op);
      for (const uid of doneOps) store("ops").delete(uid);
      for (const [key, value] of meta) store("meta").put(value, key);
      // What is typed is there at once.
      if (notes.length === 0) transaction.commit();
    } catch {
      resolve(false);
    }
  });
}

/** The last state of changes that are not there any more, until that is told. */
const ended = new Map<string, number>();

/** Names of notes that are remembered: a page may still show one by the name that it had at first. */
const NAMES = 100;

/** Keeps what has changed, then tells other pages: who opens meanwhile either reads it or hears it. */
export async function write(): Promise<void> {
  notes.timer = undefined;
  // One after the other: a change must not be kept before the one that it follows.
  if (notes.writing) return;
  const { account, db, dirty } = notes;
  notes.dirty = new Dirty();
  notes.writing = dirty;
  const { news, meta } = read(dirty);
  const { notes: changed = [], dropped = [], ops = [], doneOps = [] } = news;
  const kept = !db || (await put(db, { notes: changed, dropped, ops, doneOps, meta }));
  notes.writing = undefined;
  if (notes.dirty.any) notes.timer ??= setTimeout(() => void write());
  if (notes.account !== account) return;
  // Then changes are kept as without a database.
  if (!kept && notes.db === db) notes.db = undefined;
  tell({ account, kind: "news", news });
  for (const uid of doneOps) ended.delete(uid);
}

/** What there is now of what has changed. */
function read(dirty: Dirty): { news: News; meta: [string, unknown][] } {
  const ops = new Map(notes.waiting.map((op) => [op.uid, op]));
  const walks = [...dirty.meta].flatMap((name) => {
    const key = name.slice(5);
    const walk = name.startsWith("walk ") ? notes.walks.get(key) : undefined;
    return walk ? [[key, walk] as const] : [];
  });
  const doneOps = [...dirty.ops].filter((uid) => !ops.has(uid));
  const rest = {
    ...(dirty.meta.has("labels") ? { labels: notes.labels } : {}),
    ...(dirty.meta.has("names") ? { names: [...notes.names].slice(-NAMES) } : {}),
    ...(dirty.meta.has("revision") && notes.since !== undefined ? { revision: notes.since } : {}),
  };
  return {
    news: {
      notes: [...dirty.notes].map((id) => notes.confirmed.get(id)).filter((note) => note !== undefined),
      dropped: [...dirty.notes].filter((id) => !notes.confirmed.has(id)),
      ops: [...dirty.ops].map((uid) => ops.get(uid)).filter((op) => op !== undefined),
      doneOps,
      doneRevs: Object.fromEntries(doneOps.flatMap((uid) => (ended.has(uid) ? [[uid, ended.get(uid)!]] : []))),
      walks,
      ...rest,
    },
    meta: [...Object.entries(rest), ...walks.map(([key, walk]): [string, unknown] => [`walk ${key}`, walk])],
  };
}

function hear(message: Message): void {
  if (message.kind === "reset") notes.forgetAll();
  if (message.kind !== "news") return;
  const { news } = message;
  const taken = (news.notes ?? []).filter((note) => notes.isNews(note));
  for (const note of taken) notes.confirmed.set(note.id, note);
  for (const id of news.dropped ?? []) notes.forget(id);
  for (const [local, id] of news.names ?? []) {
    notes.names.set(local, id);
    notes.signals.get(local)?.touch();
  }
  const changed = new Map((news.ops ?? []).filter(({ uid, rev }) => !isOlder(uid, rev)).map((op) => [op.uid, op]));
  const done = new Set((news.doneOps ?? []).filter((uid) => !isOlder(uid, news.doneRevs?.[uid])));
  if (changed.size + done.size > 0) {
    const rest = notes.waiting.filter(({ uid }) => !done.has(uid) && !changed.has(uid));
    take(sorted([...rest, ...changed.values()]));
  }
  notes.touch([...taken.map(({ id }) => id), ...(news.dropped ?? [])]);
  if (news.labels) notes.setLabels(news.labels);
  if (news.walks?.length) notes.walks = new Map([...notes.walks, ...news.walks]);
  const { revision } = news;
  const first = notes.since === undefined;
  if (revision !== undefined) notes.since = notes.leading ? Math.min(revision, notes.since ?? revision) : revision;
  if (first && revision !== undefined) dispatchEvent(new Event("notes:begun"));
}

/** Whether this page knows a later state of a change, or has gone on with the one of which it is what is left. */
function isOlder(uid: string, rev: number | undefined): boolean {
  if (notes.dirty.ops.has(uid) || notes.writing?.ops.has(uid)) {
    const known = notes.waiting.find((op) => op.uid === uid)?.rev ?? ended.get(uid);
    return rev === undefined || known === undefined || rev <= known;
  }
  for (let name = uid; ; name = name.slice(0, -1)) {
    const own = notes.waiting.find((op) => op.uid === name);
    if (own?.page === PAGE && rev !== undefined && own.rev !== undefined && own.rev > rev) return true;
    if (!name.endsWith("+")) return false;
  }
}

export function sorted(ops: readonly Op[]): Op[] {
  return [...ops].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** Begins to take in what other pages tell. */
export function listen(): void {
  notes.listen = hear;
  for (const message of notes.missed.splice(0)) hear(message);
  // What was read before more was known of the changes is looked at again.
  notes.touch(new Set(notes.waiting.map(({ id }) => id)));
}

/** Takes another list of changes, and returns the names of those that are not what they were. */
function take(ops: readonly Op[]): string[] {
  const before = new Map(notes.waiting.map((op) => [op.uid, op]));
  const [uids, ids]: [string[], Set<string>] = [[], new Set()];
  for (const op of ops) {
    const was = before.get(op.uid);
    before.delete(op.uid);
    if (was === op) continue;
    uids.push(op.uid);
    ids.add(op.id);
    if (was) ids.add(was.id);
  }
  for (const op of before.values()) {
    uids.push(op.uid);
    ids.add(op.id);
    if (op.rev !== undefined) ended.set(op.uid, op.rev);
  }
  notes.waiting = ops;
  if (uids.length === 0) return uids;
  notes.touch(ids, true);
  notes.anyOp.touch();
  return uids;
}

export function setOps(ops: readonly Op[]): void {
  notes.keep(notes.dirty.ops, take(ops));
}

/** Takes in what was kept. */
export function add(ops: readonly Op[]): void {
  const known = new Set(notes.waiting.map(({ uid }) => uid));
  take([...ops.filter(({ uid }) => !known.has(uid)), ...notes.waiting]);
}

/** The service has given a note its name. */
export function named(local: string, id: string): void {
  notes.names.set(local, id);
  notes.signals.get(local)?.touch();
  notes.keep(notes.dirty.meta, ["names"]);
}

/** Changes that are in memory only. */
export function unkept(): Op[] {
  if (!notes.db) return [...notes.waiting];
  return notes.waiting.filter(({ uid }) => notes.dirty.ops.has(uid) || notes.writing?.ops.has(uid));
}

/** Reads changes again: the page that sent them so far may have gone in the middle of something. */
export async function reread(): Promise<void> {
  const { db } = notes;
  const mine = new Set(notes.dirty.ops);
  const ops = await db?.ops();
  if (!ops || db !== notes.db) return;
  const own = (uid: string): boolean => mine.has(uid) || notes.dirty.ops.has(uid) || !!notes.writing?.ops.has(uid);
  take(sorted([...ops.filter(({ uid }) => !own(uid)), ...notes.waiting.filter(({ uid }) => own(uid))]));
}

/** The note without one of its changes. */
export function without(id: string, uid: string): Note | undefined {
  let note = notes.confirmed.get(id);
  for (const op of notes.waiting) if (op.id === id && op.uid !== uid) note = apply(note, op);
  return note;
}
