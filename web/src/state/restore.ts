// Reads what this device has of an account into the store: first a screen of it, then the rest.
import type { Label, Note } from "../api/client";
import { Database } from "./database";
import { calm } from "./calm.svelte";
import { type KeptWalk, notes } from "./notes.svelte";

// Here, because this is loaded at once, and not in the first file. Nothing waits for it.
void calm.come.then(() => import("./unloaded")).catch(() => {});

/** As many notes fill a screen; the rest comes in pieces that keep nobody waiting. */
const FIRST = 60;
const PIECE = 400;

export async function restore(account: string): Promise<void> {
  const db = await Database.open(account);
  if (notes.account !== account) return db?.close();
  notes.db = db;
  notes.fresh = db?.fresh ?? false;
  if (!db || db.fresh) {
    notes.reading = false;
    return;
  }
  const [meta, ops, first] = await Promise.all([db.meta(), db.ops(), db.notes(FIRST)]);
  if (notes.account !== account) return;
  for (const [local, id] of (meta.get("names") as [string, string][] | undefined) ?? []) notes.names.set(local, id);
  const labels = meta.get("labels") as Label[] | undefined;
  if (labels && !notes.labelsKnown) notes.setLabels(labels);
  const walks = [...meta].filter(([key]) => key.startsWith("walk ")) as [string, KeptWalk][];
  notes.walks = new Map([...walks.map(([key, walk]) => [key.slice(5), walk] as const), ...notes.walks]);
  const revision = meta.get("revision") as number | undefined;
  // The older of both: changes since then lead to the present from either.
  if (revision !== undefined) notes.since = Math.min(revision, notes.since ?? revision);
  if (ops.length > 0) {
    const { add } = await import("./keeper");
    if (notes.account !== account) return;
    add(ops);
  }
  load(first.notes);
  if (first.notes.length < FIRST) notes.reading = false;
  else notes.whole = readRest(db, first.last);
}

async function readRest(db: Database, after: string): Promise<void> {
  for (let last = after; ;) {
    // Between pieces the page does whatever waits.
    await new Promise((resolve) => setTimeout(resolve));
    const piece = await db.notes(PIECE, last);
    if (notes.db !== db) return;
    load(piece.notes);
    last = piece.last;
    if (piece.notes.length < PIECE) break;
  }
  notes.gone.clear();
  notes.reading = false;
}

function load(list: readonly Note[]): void {
  const ids: string[] = [];
  for (const note of list) {
    if (notes.confirmed.has(note.id) || notes.gone.has(note.id)) continue;
    notes.confirmed.set(note.id, note);
    ids.push(note.id);
  }
  notes.touch(ids);
}
