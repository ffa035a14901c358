import { describe, expect, test } from "vitest";
import type { Note, Place } from "../api/client";
import { add, listen, setOps } from "./keeper";
import { type Filter, matches } from "./lists";
import { notes } from "./notes.svelte";
import type { Op } from "./ops";
import { compareNotes } from "./order";

const at = "2026-01-02T03:04:05Z";

function note(id: string, more: Partial<Note> = {}): Note {
  return {
    id,
    title: id,
    content: "",
    color: "white",
    pinned: false,
    place: "active",
    labelIds: [],
    position: "80",
    version: 1,
    createdAt: at,
    updatedAt: at,
    attachmentCount: 0,
    ...more,
  };
}

/** Numbers that are the same in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("the store", () => {
  const FILTERS: Filter[] = [
    { place: "active" },
    { place: "archived" },
    { place: "trash" },
    { place: "active", labelIds: ["l1"] },
    { place: "active", color: "red" },
    { place: "active", hasReminder: true },
  ];

  test("lists follow every change as if they were made anew", () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const below = chance(seed);
      notes.close();
      for (let step = 0; step < 60; step += 1) {
        const some = (): Note =>
          note(`n${below(20)}`, {
            version: step + 2,
            position: String(below(40)),
            pinned: below(4) === 0,
            place: (["active", "archived", "trash"] as Place[])[below(3)]!,
            color: below(2) ? "red" : "white",
            labelIds: below(2) ? ["l1"] : [],
            ...(below(3) ? {} : { reminderAt: at }),
          });
        if (below(4) > 0) notes.take(Array.from({ length: 1 + below(below(8) ? 3 : 40) }, some));
        else if (below(2)) notes.drop([`n${below(20)}`]);
        else {
          const op: Op = {
            kind: "place",
            uid: `u${step}`,
            id: `n${below(20)}`,
            at,
            verb: below(2) ? "trash" : "restore",
          };
          setOps(below(3) ? [...notes.ops, { ...op, position: `\u0001${below(9)}` }] : notes.ops.slice(1));
        }
        for (const filter of FILTERS) {
          const anew = [...notes.all.values()].filter((note) => matches(note, filter)).sort(compareNotes);
          expect(notes.list(filter), `seed ${seed}, step ${step}, ${JSON.stringify(filter)}`).toEqual(anew);
        }
      }
    }
  });

  test("a list that does not change stays the same array", () => {
    notes.close();
    notes.take([note("a"), note("b", { place: "archived" })]);
    const list = notes.list({ place: "active" });
    notes.take([note("b", { place: "archived", version: 2, title: "else" })]);
    expect(notes.list({ place: "active" })).toBe(list);
  });

  test("what another page says while the next account is read from this device is newer than what was read", () => {
    listen();
    notes.close();
    const made: Op = { kind: "create", uid: "u", id: "local-u", at, note: { title: "made" } };
    notes.listen({ account: "", kind: "news", news: { notes: [note("made")], doneOps: ["u"] } });
    // This page has read it before.
    add([made]);
    listen();
    expect([...notes.all.keys()]).toEqual(["made"]);
    notes.close();
  });

  test("among ten thousand notes a change costs no more than a frame", () => {
    notes.close();
    notes.take(Array.from({ length: 10_000 }, (_, n) => note(`n${n}`, { position: String(n).padStart(6, "0") })));
    for (const filter of FILTERS) notes.list(filter);
    const begin = performance.now();
    for (let key = 0; key < 20; key += 1) {
      const text = { title: "n5000", content: "x".repeat(key) };
      setOps([{ kind: "text", uid: "u", id: "n5000", at, text, base: { title: "n5000", content: "", version: 1 } }]);
      for (const filter of FILTERS) notes.list(filter);
    }
    expect((performance.now() - begin) / 20).toBeLessThan(50);
    notes.close();
  });
});
