import { describe, expect, test } from "vitest";
import type { Note } from "../api/client";
import { combine, conflicting, enqueue, remainder, settle } from "./changes";
import {
  apply,
  applyAll,
  combineWith,
  compareNotes,
  type Create,
  type Edit,
  type Op,
  positionAfter,
  topPosition,
} from "./ops";

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

function edit(uid: string, content: string, base = { title: "a", content: "", version: 1 }): Edit {
  return { kind: "text", uid, id: "a", at, text: { title: base.title, content }, base };
}

describe("what notes look like before the service knows", () => {
  test("pinned ones first, then by position", () => {
    const list = [
      note("a", { position: "90" }),
      note("b", { position: "80" }),
      note("c", { position: "99", pinned: true }),
    ];
    expect(list.sort(compareNotes).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("a note that goes to the top is before all others, and the later one before the earlier", () => {
    const earlier = topPosition();
    const later = topPosition();
    expect(later < earlier && earlier < "00").toBe(true);
  });

  test("the position after another is before whatever followed it", () => {
    expect("80" < positionAfter("80") && positionAfter("80") < "8000").toBe(true);
  });

  test("changes follow each other, and taking one away takes its effect back", () => {
    const color: Op = { kind: "patch", uid: "1", id: "a", at, patch: { color: "red" } };
    const trash: Op = { kind: "place", uid: "2", id: "a", at, verb: "trash" };
    const base: [string, Note][] = [["a", note("a")]];
    expect(applyAll(base, [color, trash]).get("a")).toMatchObject({ color: "red", place: "trash", trashedAt: at });
    expect(applyAll(base, [trash]).get("a")).toMatchObject({ color: "white", place: "trash" });
    expect(applyAll(base, []).get("a")).toEqual(note("a"));
  });

  test("a reminder is set and taken away", () => {
    const patch = (reminderAt: string | null): Op => ({ kind: "patch", uid: "1", id: "a", at, patch: { reminderAt } });
    const set = apply(note("a"), patch(at));
    expect(set?.reminderAt).toBe(at);
    expect(apply(set, patch(null))).not.toHaveProperty("reminderAt");
  });

  test("a restored note is not in the trash any more", () => {
    const restored = apply(note("a", { place: "trash", trashedAt: at }), {
      kind: "place",
      uid: "1",
      id: "a",
      at,
      verb: "restore",
    });
    expect(restored).toMatchObject({ place: "active" });
    expect(restored).not.toHaveProperty("trashedAt");
  });
});

describe("the queue", () => {
  const create: Create = { kind: "create", uid: "c", id: "a", at, note: { title: "t" } };

  test("typing makes one change, based on what was there before the first key", () => {
    const ops = [edit("1", "h"), edit("2", "he"), edit("3", "hey")].reduce<Op[]>(
      (ops, op) => enqueue(ops, op, undefined),
      [],
    );
    expect(ops).toEqual([edit("1", "hey")]);
  });

  test("what is on its way is not touched", () => {
    expect(enqueue([edit("1", "h")], edit("2", "he"), "1")).toHaveLength(2);
  });

  test("a note that is not made yet is made as it is now", () => {
    const ops = enqueue(
      enqueue([create], edit("2", "text", { title: "t", content: "", version: 0 }), undefined),
      { kind: "patch", uid: "3", id: "a", at, patch: { color: "blue", reminderAt: null } },
      undefined,
    );
    expect(ops).toEqual([{ ...create, note: { title: "t", content: "text", color: "blue" } }]);
  });

  test("editing again tries again what was refused", () => {
    const refused = { ...edit("1", "too long"), refused: { message: "no" } };
    expect(enqueue([refused], edit("2", "short"), undefined)).toEqual([edit("1", "short")]);
  });

  test("changes of other notes stay apart", () => {
    expect(enqueue([edit("1", "x")], { ...edit("2", "y"), id: "b" }, undefined)).toHaveLength(2);
  });

  test("what waits for a new note gets its name, and is based on it", () => {
    const made = note("real", { title: "t", version: 1 });
    const later = edit("2", "more", { title: "t", content: "", version: 0 });
    expect(settle([create, later], create, made)).toEqual([
      { ...later, id: "real", base: { title: "t", content: "", version: 1 } },
    ]);
  });

  test("a change of the colour moves the base of a text, unless somebody else has changed the text too", () => {
    const color: Op = { kind: "patch", uid: "1", id: "a", at, patch: { color: "red" } };
    const base = (ops: Op[]): unknown => (ops[0] as Edit).base.version;
    expect(base(settle([color, edit("2", "x")], color, note("a", { version: 5 })))).toBe(5);
    expect(base(settle([color, edit("2", "x")], color, note("a", { version: 5, content: "theirs" })))).toBe(1);
  });

  test("what another page wrote elsewhere keeps what was sent, although it had not seen it", () => {
    const base = { title: "a", content: "one\n\ntwo", version: 1 };
    const [sent, other] = [edit("1", "one, mine\n\ntwo", base), edit("2", "one\n\ntwo, theirs", base)];
    const made = note("a", { content: "one, mine\n\ntwo", version: 2 });
    expect((settle([sent, other], sent, made)[0] as Edit).text.content).toBe("one, mine\n\ntwo, theirs");
  });

  test("what is typed while a text is sent keeps what that was put together with", () => {
    const sent = edit("1", "mine");
    const typed = edit("2", "mine, more");
    const together = note("a", { title: "their title", content: "mine", version: 9 });
    expect(settle([sent, typed], sent, together)).toEqual([
      {
        ...typed,
        text: { title: "their title", content: "mine, more" },
        base: { title: "their title", content: "mine", version: 9 },
      },
    ]);
  });
});

describe("a change that meets the same words of another", () => {
  const theirs = note("a", { content: "Theirs", version: 2 });
  const waiting = (...ops: Edit[]) => ops.map((op) => ({ ...op, page: "here" }));

  test("takes all that was written after it was sent: the user decides about one text", () => {
    const [sent, later] = waiting(
      edit("1", "bに"),
      edit("2", "b日本!", { title: "a", content: "bに", version: 1 }),
    ) as [Edit, Edit];
    const pinned: Op = { kind: "patch", uid: "3", id: "a", at, patch: { pinned: true } };
    expect(conflicting([sent, pinned, later], sent, theirs)).toEqual([{ ...sent, text: later.text, theirs }, pinned]);
  });

  test("leaves what another page wrote, and edits of other notes", () => {
    const [sent] = waiting(edit("1", "Mine")) as [Edit];
    const elsewhere: Edit = { ...edit("2", "Mine and more"), page: "there" };
    const other: Edit = { ...edit("3", "Other"), page: "here", id: "b" };
    expect(conflicting([sent, elsewhere, other], sent, theirs)).toEqual([{ ...sent, theirs }, elsewhere, other]);
    expect(conflicting([other], sent, theirs)).toEqual([other]);
  });
});

describe("what another page adds to a change that is on its way", () => {
  const create: Create = { kind: "create", uid: "c", id: "a", at, note: { title: "t", color: "white" } };

  test("nothing is left of what was sent as it is", () => {
    expect(remainder(edit("1", "x"), edit("1", "x"))).toEqual([]);
    expect(remainder({ ...create, at: "later" }, create)).toEqual([]);
  });

  test("more text is an edit of what was sent", () => {
    expect(remainder(edit("1", "mine, more"), edit("1", "mine"))).toEqual([
      edit("1+", "mine, more", { title: "a", content: "mine", version: 1 }),
    ]);
  });

  test("a note that was made meanwhile gets its new text and its new colour", () => {
    const now: Create = { ...create, note: { title: "t", content: "text", color: "red" } };
    const made = note("real", { title: "t", version: 1 });
    expect(settle([now], create, made)).toMatchObject([
      {
        kind: "text",
        id: "real",
        text: { title: "t", content: "text" },
        base: { title: "t", content: "", version: 1 },
      },
      { kind: "patch", id: "real", patch: { color: "red" } },
    ]);
  });

  test("an edit changes its place in whatever is there", () => {
    combineWith(combine);
    const op = edit("1", "One, mine\n\nTwo", { title: "a", content: "One\n\nTwo", version: 1 });
    expect(apply(note("a", { content: "One\n\nTwo, theirs", version: 2 }), op)?.content).toBe(
      "One, mine\n\nTwo, theirs",
    );
    // The same words: the user's own are shown until they decide.
    expect(apply(note("a", { content: "One, theirs\n\nTwo" }), op)?.content).toBe("One, mine\n\nTwo");
  });
});

describe("two versions of a note", () => {
  const base = { title: "t", content: "c" };

  test("changes of different parts are put together", () => {
    expect(combine(base, { title: "t", content: "mine" }, { title: "theirs", content: "c" })).toEqual({
      title: "theirs",
      content: "mine",
    });
  });

  test("the same change is no conflict", () => {
    expect(combine(base, { title: "t", content: "same" }, { title: "t", content: "same" })).toEqual({
      title: "t",
      content: "same",
    });
  });

  test("different changes of one part are for the user to decide", () => {
    expect(combine(base, { title: "t", content: "mine" }, { title: "t", content: "theirs" })).toBeUndefined();
  });
});
