// Which notes lead to a note.
import { api, type Note } from "../api/client";
import { noteAddress } from "../markdown/reference";
import { notes } from "./notes.svelte";
import { ask } from "./session.svelte";

const leadsTo = (id: string) => (note: Note) =>
  note.id !== id && note.place !== "trash" && note.content.includes(noteAddress(id));

/** The notes on this device that lead to one. */
export function backlinksHere(id: string): Note[] {
  return [...notes.all.values()].filter(leadsTo(id)).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

/** Those that the service knows of; they are on this device from then on. */
export async function fetchBacklinks(id: string): Promise<void> {
  const query = { q: `"${id}"`, limit: 50 };
  const { items } = await ask(api.GET("/api/search", { params: { query } }));
  const found = items.map(({ note }) => note).filter(leadsTo(id));
  if (found.some(({ id, version }) => notes.base.get(id)?.version !== version)) notes.take(found);
}
