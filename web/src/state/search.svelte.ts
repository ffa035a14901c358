// What was searched for and found.
import { Failure, type Hit, type Place } from "../api/client";

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
  /** Whether they are from this device, because the service could not be reached. */
  local = $state(false);

  /** Searches; what was found before stays until there is an answer. */
  async run(search: Search): Promise<void> {
    const key = JSON.stringify(search);
    if (key === this.key && !this.failure && !this.local) return;
    this.key = key;
    this.cursor = undefined;
    await this.#read(search, true);
  }

  async more(search: Search): Promise<void> {
    if (this.cursor && !this.loading) await this.#read(search, false);
  }

  clear(): void {
    this.key = "";
    this.hits = [];
    this.cursor = undefined;
    this.failure = undefined;
    this.loading = false;
    this.local = false;
  }

  async #read(search: Search, first: boolean): Promise<void> {
    this.loading = true;
    this.failure = undefined;
    await import("./searching").then(
      ({ readHits }) => readHits(search, first),
      (cause) => {
        this.failure = Failure.of(cause);
        this.loading = false;
      },
    );
  }
}

export const search = new SearchState();
