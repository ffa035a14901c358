// Reads lists from the service, page by page.
import { api, Failure } from "../api/client";
import { PAGE, takeFirst } from "./first";
import { type Filter, keyOf } from "./lists";
import { notes } from "./notes.svelte";
import { ask, session } from "./session.svelte";
import { walks } from "./walks.svelte";

/** The list that is on the page at first. */
const BOARD = keyOf({ place: "active" });

/** Lists that are being read at this moment, by account. */
const busy = new Map<string, Promise<Failure | undefined>>();

/**
 * Reads the next page of a list, unless it is being read or there is none. What is read `quietly`, while nobody waits, is not shown as loading,
 * nor is its failure.
 */
export async function readPage(filter: Filter, limit = PAGE, quietly = false): Promise<Failure | undefined> {
  const key = keyOf(filter);
  if (walks.loading.has(key) || walks.complete(filter)) return undefined;
  if (!quietly) walks.loading = new Set(walks.loading).add(key);
  const account = session.account?.id;
  const own = `${account} ${key}`;
  const reading = busy.get(own) ?? read(filter, limit);
  busy.set(own, reading);
  const failure = await reading;
  busy.delete(own);
  if (quietly) return failure;
  // Another account is here by now: what was refused was not its list, which is read next.
  if (session.account?.id === account) walks.settle(key, failure);
  const loading = new Set(walks.loading);
  loading.delete(key);
  walks.loading = loading;
  return failure;
}

/** Why it could not be read. */
async function read(filter: Filter, limit: number): Promise<Failure | undefined> {
  const key = keyOf(filter);
  // Another list is read first: that page would be older than what is known by the time it is needed.
  const ahead = takeFirst(notes.account);
  try {
    // What this device has need not be asked for.
    await notes.opened;
    if (notes.walks.get(key)?.done || notes.walks.get(keyOf({ place: filter.place }))?.done) {
      await notes.read;
      return undefined;
    }
    const before = notes.walks.get(key);
    const page = await ask(
      (!before && key === BOARD && ahead) ||
        api.GET("/api/notes", {
          params: {
            query: {
              place: filter.place,
              labelId: filter.labelIds ?? [],
              ...(filter.color ? { color: filter.color } : {}),
              ...(filter.hasReminder === undefined ? {} : { hasReminder: filter.hasReminder }),
              ...(before?.cursor ? { cursor: before.cursor } : {}),
              limit,
            },
          },
        }),
    );
    // Everything was forgotten meanwhile: this page belongs to a list that is no more.
    if (notes.walks.get(key) !== before) return undefined;
    const first = notes.revision === undefined;
    notes.revision ??= page.revision;
    notes.take(page.items);
    const frontier = page.items.at(-1) ?? before?.frontier;
    notes.takeWalk(key, {
      ...(frontier ? { frontier } : {}),
      ...(page.nextCursor ? { cursor: page.nextCursor } : {}),
      done: !page.nextCursor,
    });
    // Changes that were announced before are not in the page, and could not be asked for.
    if (first) dispatchEvent(new Event("notes:begun"));
    return undefined;
  } catch (cause) {
    return Failure.of(cause);
  }
}
