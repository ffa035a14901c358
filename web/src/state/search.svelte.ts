// What was searched for and found.
import { api, Failure, type Hit, type Place } from "../api/client";
import { notes } from "./notes.svelte";
import { ask } from "./session.svelte";

export interface Search {
  q: string;
  place?: Place;
  labelIds: string[];
}

class SearchState {
  hits = $state.raw<Hit[]>([]);
  cursor = $state.raw<string>();
  loading = $state(false);
  failure = $state.raw<Failure>();
  /** What the hits belong to. */
  key = $state("");

  /** Searches; what was found before stays until there is an answer. */
  async run(search: Search): Promise<void> {
    const key = JSON.stringify(search);
    if (key === this.key && !this.failure) return;
    this.key = key;
    this.cursor = undefined;
    await this.#page(search, key, true);
  }

  async more(search: Search): Promise<void> {
    if (this.cursor && !this.loading) await this.#page(search, JSON.stringify(search), false);
  }

  clear(): void {
    this.key = "";
    this.hits = [];
    this.cursor = undefined;
    this.failure = undefined;
    this.loading = false;
  }

  async #page({ q, place, labelIds }: Search, key: string, first: boolean): Promise<void> {
    this.loading = true;
    this.failure = undefined;
    try {
      const query = {
        q,
        labelId: labelIds,
        limit: 40,
        ...(place ? { place } : {}),
        ...(this.cursor ? { cursor: this.cursor } : {}),
      };
      const page = await ask(api.GET("/api/search", { params: { query } }));
      if (this.key !== key) return;
      notes.take(page.items.map(({ note }) => note));
      this.hits = first ? page.items : [...this.hits, ...page.items];
      this.cursor = page.nextCursor;
    } catch (cause) {
      if (this.key === key) this.failure = Failure.of(cause);
    } finally {
      if (this.key === key) this.loading = false;
    }
  }
}

export const search = new SearchState();
