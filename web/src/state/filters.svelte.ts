// Searches and filters that the user has saved under a name.
import { api, type Color } from "../api/client";
import type { FilterQuery, SavedFilter } from "../api/types";
import { ofAccount } from "./owned.svelte";
import { type View } from "./route.svelte";
import { ask, session } from "./session.svelte";

class Filters {
  list = $state.raw<readonly SavedFilter[]>([]);

  constructor() {
    ofAccount(() => (this.list = []));
    addEventListener("notes:changed", () => void this.read());
  }

  async read(): Promise<void> {
    const account = session.account?.id;
    if (!account) return;
    try {
      const { items } = await ask(api.GET("/api/filters"));
      if (session.account?.id === account) this.list = items;
    } catch {
      // Those that were read before stay.
    }
  }

  async save(name: string, query: FilterQuery): Promise<void> {
    const filter = await ask(api.POST("/api/filters", { body: { name, query } }));
    this.list = [...this.list.filter(({ id }) => id !== filter.id), filter];
  }

  async rename(filter: SavedFilter, name: string): Promise<void> {
    const changed = await ask(api.PATCH("/api/filters/{id}", { params: { path: { id: filter.id } }, body: { name } }));
    this.list = this.list.map((other) => (other.id === changed.id ? changed : other));
  }

  async remove(filter: SavedFilter): Promise<void> {
    await ask(api.DELETE("/api/filters/{id}", { params: { path: { id: filter.id } } }));
    this.list = this.list.filter(({ id }) => id !== filter.id);
  }

  /** Moves a filter by so many places. */
  async move(filter: SavedFilter, by: number): Promise<void> {
    const before = this.list;
    const others = before.filter(({ id }) => id !== filter.id);
    others.splice(before.indexOf(filter) + by, 0, filter);
    this.list = others;
    try {
      this.list = (await ask(api.PUT("/api/filters/order", { body: { ids: others.map(({ id }) => id) } }))).items;
    } catch (cause) {
      this.list = before;
      throw cause;
    }
  }
}

export const filters = new Filters();

export interface Shown {
  view: View;
  q: string;
  labelIds: string[];
  color: Color | undefined;
}

/** What of a view is searched and filtered for; nothing, if it shows everything. */
export function queryOf({ view, q, labelIds, color }: Shown): FilterQuery | undefined {
  if (!q && labelIds.length === 0 && !color) return undefined;
  const place = view.name === "archive" ? "archived" : view.name === "trash" ? "trash" : undefined;
  const labels = view.name === "label" ? [view.id] : labelIds;
  return {
    ...(q ? { q } : {}),
    ...(place ? { place } : {}),
    ...(labels.length > 0 ? { labelIds: labels } : {}),
    ...(color ? { color } : {}),
    ...(view.name === "reminders" ? { hasReminder: true } : {}),
  };
}

/** The address that shows what a filter finds. */
export function addressOf({ q, place, labelIds = [], color, hasReminder }: FilterQuery): string {
  const path = place === "archived" ? "/archive" : place === "trash" ? "/trash" : hasReminder ? "/reminders" : "/";
  const params = new URLSearchParams([
    ...(q ? [["q", q]] : []),
    ...labelIds.map((id) => ["label", id]),
    ...(color ? [["color", color]] : []),
  ] as [string, string][]);
  return params.size > 0 ? `${path}?${params}` : path;
}
