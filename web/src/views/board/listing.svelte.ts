// The notes of the shown view: which they are, in which sections, and what is known of the rest.
import { numeral, plural } from "../../locale";
import { untrack } from "svelte";
import { type Failure, type Hit, type Note, type Place } from "../../api/client";
import { notes } from "../../state/notes.svelte";
import { route } from "../../state/route.svelte";
import { search, type Search } from "../../state/search.svelte";
import { type Filter, walks } from "../../state/walks.svelte";

export interface Section {
  key: string;
  title?: string;
  notes: Note[];
  ordered: boolean;
}

const PLACES: Partial<Record<string, Place>> = { archive: "archived", trash: "trash" };

export type Listing = ReturnType<typeof follow>;

/** Follows the address, for the component that is being made. */
export function follow() {
  const view = $derived(route.view);
  const place = $derived<Place>(PLACES[view.name] ?? "active");
  const labelIds = $derived(view.name === "label" ? [view.id] : route.labelIds);
  // Archived notes remind too.
  const filters = $derived<Filter[]>(
    view.name === "reminders"
      ? (["active", "archived"] as const).map((place) => ({ place, labelIds, color: route.color, hasReminder: true }))
      : [{ place, labelIds, color: route.color }],
  );
  const query = $derived<Search | undefined>(
    route.q ? { q: route.q, labelIds, ...(PLACES[view.name] ? { place } : {}) } : undefined,
  );

  const list = $derived.by<Note[]>(() => {
    if (query)
      return search.hits.flatMap(({ note: { id } }) => {
        const note = notes.get(id);
        if (!note || (query.place ? note.place !== query.place : note.place === "trash")) return [];
        if (route.color && note.color !== route.color) return [];
        if (view.name === "reminders" && !note.reminderAt) return [];
        return note;
      });
    // The same list as before, if nothing in it has changed.
    const [only, ...others] = filters.map((filter) => walks.list(filter));
    return others.length > 0 ? [only!, ...others].flat() : only!;
  });
  const sections = $derived.by<Section[]>(() => {
    if (query) return [{ key: "found", notes: list, ordered: false }];
    if (view.name === "reminders") {
      const due = [...list].sort((a, b) => Date.parse(a.reminderAt!) - Date.parse(b.reminderAt!));
      const now = Date.now();
      const past = due.filter((note) => Date.parse(note.reminderAt!) < now);
      const coming = due.filter((note) => Date.parse(note.reminderAt!) >= now);
      return [
        { key: "coming", title: "Upcoming", notes: coming, ordered: false },
        { key: "past", title: "Past", notes: past, ordered: false },
      ].filter(({ notes }) => notes.length > 0);
    }
    if (place === "trash") return [{ key: "trash", notes: list, ordered: false }];
    // Pinned ones are first.
    const begin = list.findIndex(({ pinned }) => !pinned);
    if (begin === 0 || list.length === 0) return [{ key: "others", notes: list, ordered: true }];
    const [pinned, others] = begin < 0 ? [list, []] : [list.slice(0, begin), list.slice(begin)];
    return [
      { key: "pinned", title: "Pinned", notes: pinned, ordered: true },
      { key: "others", title: "Others", notes: others, ordered: true },
    ].filter(({ notes }) => notes.length > 0);
  });

  const loading = $derived(query ? search.loading : filters.some((filter) => walks.isLoading(filter)));
  const failure = $derived<Failure | undefined>(
    query ? search.failure : filters.map((filter) => walks.failure(filter)).find(Boolean),
  );
  const complete = $derived(
    query ? !search.cursor && !search.loading : filters.every((filter) => walks.complete(filter)),
  );
  const foundWords = $derived(
    list.length === 0
      ? "Nothing found"
      : complete
        ? plural(list.length, ["# note found", "# notes found"])
        : `${numeral(list.length)}+ notes found`,
  );

  $effect(() => {
    const wanted = query;
    // What becomes of the search is no reason to search again.
    untrack(() => (wanted ? void search.run(wanted) : search.clear()));
  });

  return {
    get place() {
      return place;
    },
    get query() {
      return query;
    },
    get list() {
      return list;
    },
    get sections() {
      return sections;
    },
    get loading() {
      return loading;
    },
    get failure() {
      return failure;
    },
    /** Whether there is nothing more to ask for. */
    get complete() {
      return complete;
    },
    /** How much was found, in words. */
    get foundWords() {
      return foundWords;
    },
    /** The piece of a note that was found. */
    snippet: (id: string): Hit["snippet"] | undefined =>
      query && search.hits.find(({ note }) => note.id === id)?.snippet,
    /** All notes of the view, in the order in which they are shown. */
    ids: (): string[] => sections.flatMap(({ notes }) => notes.map(({ id }) => id)),
    more(): void {
      if (loading || failure || complete) return;
      if (query) void search.more(query);
      else for (const filter of filters) void walks.more(filter);
    },
    retry(): void {
      if (query) void search.run(query);
      else walks.retry();
    },
  };
}
