// Asks the service for what is searched for; what this device has, if it cannot be reached.
import { api, Failure, type Hit } from "../api/client";
import { notes } from "./notes.svelte";
import { type Search, search } from "./search.svelte";
import { ask } from "./session.svelte";

export async function readHits(wanted: Search, first: boolean): Promise<void> {
  const { q, place, labelIds } = wanted;
  const { key, cursor } = search;
  try {
    const query = { q, labelId: labelIds, limit: 40, ...(place ? { place } : {}), ...(cursor ? { cursor } : {}) };
    const page = await ask(api.GET("/api/search", { params: { query } }));
    if (search.key !== key) return;
    search.local = false;
    notes.take(page.items.map(({ note }) => note));
    search.hits = first ? page.items : [...search.hits, ...page.items];
    search.cursor = page.nextCursor;
  } catch (cause) {
    const failure = Failure.of(cause);
    const hits = failure.passing ? await findHere(wanted) : undefined;
    if (search.key !== key) return;
    if (!hits) search.failure = failure;
    else {
      search.hits = hits;
      search.cursor = undefined;
      search.local = true;
    }
  } finally {
    if (search.key === key) search.loading = false;
  }
}

async function findHere(wanted: Search): Promise<Hit[] | undefined> {
  try {
    const { find } = await import("./find");
    await notes.read;
    return await find(wanted);
  } catch {
    return undefined;
  }
}
