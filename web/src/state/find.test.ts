import { describe, expect, test } from "vitest";
import type { Note } from "../api/client";
import { Index } from "./find";
import { readQuery, snippetOf } from "./words";

function note(id: string, title: string, content = ""): Note {
  const at = "2026-01-02T03:04:05Z";
  return {
    id,
    title,
    content,
    color: "white",
    pinned: false,
    place: "active",
    labelIds: [],
    position: "80",
    version: 1,
    createdAt: at,
    updatedAt: at,
    attachmentCount: 0,
  };
}

const NOTES = [
  note("a", "Crème brûlée", "Burn the **sugar** slowly"),
  note("b", "Shopping", "- [ ] cream\n- [ ] brown sugar"),
  note("c", "Straße", "ΣΟΦΟΣ и ёлка"),
];

async function finds(q: string, notes: readonly Note[] = NOTES): Promise<string[]> {
  const index = new Index();
  await index.update(new Map(notes.map((note) => [note.id, note])));
  return index
    .find(readQuery(q))
    .map(({ id }) => id)
    .sort();
}

describe("a search of this device", () => {
  test.each([
    ["sugar", ["a", "b"]],
    ["CREME", ["a"]],
    ["cre", ["a", "b"]],
    ["sugar cre", ["a", "b"]],
    // Only of the last word the beginning is enough.
    ["cre sugar", []],
    ['"brown sugar"', ["b"]],
    ['"sugar brown"', []],
    ["strasse", ["c"]],
    ["σοφος", ["c"]],
    ["елка", ["c"]],
    ["!!", []],
  ])("%s", async (q, ids) => {
    expect(await finds(q)).toEqual(ids);
  });

  test("what was changed is found by its new words alone", async () => {
    const index = new Index();
    const all = new Map(NOTES.map((note) => [note.id, note]));
    await index.update(all);
    all.set("a", note("a", "Flan")).delete("b");
    await index.update(all);
    const ids = (q: string): string[] => index.find(readQuery(q)).map(({ id }) => id);
    expect([ids("sugar"), ids("fla"), ids("creme")]).toEqual([[], ["a"], []]);
  });

  test("ten thousand notes are searched in no time, and taken in without one long task", async () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      note(`n${n}`, `Note ${n}`, `word${n % 700} and some more text`),
    );
    const index = new Index();
    await index.update(new Map(many.map((note) => [note.id, note])));
    const begin = performance.now();
    expect(index.find(readQuery("word12")).length).toBeGreaterThan(14);
    expect(performance.now() - begin).toBeLessThan(200);
  });

  test("an extract shows what was found", () => {
    expect(snippetOf("Burn the sugar slowly", readQuery("SUG"))).toEqual([
      { text: "Burn the ", found: false },
      { text: "sugar", found: true },
      { text: " slowly", found: false },
    ]);
  });
});
