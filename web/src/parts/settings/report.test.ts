import { expect, test } from "vitest";
import type { Imported } from "../../api/client";
import { countsOf, textOf } from "./report";

const NOTHING: Imported = {
  notes: 0,
  labels: 0,
  filters: 0,
  attachments: 0,
  present: 0,
  leftOut: 0,
  changed: 0,
  remarks: [],
};

test("counts that are nothing are not told, but that of notes", () => {
  expect(countsOf(NOTHING)).toEqual([{ label: "Notes added", count: 0 }]);
  expect(countsOf({ ...NOTHING, present: 2 }).map(({ label }) => label)).toEqual([
    "Notes added",
    "Notes that were here already",
  ]);
});

test("a report to keep has a line for everything that was not taken", () => {
  const imported: Imported = {
    ...NOTHING,
    notes: 1,
    leftOut: 1,
    remarks: [
      { file: "b.png", effect: "leftOut", code: "format", message: "is no note" },
      { line: 3, effect: "changed", code: "time", message: "is no time" },
    ],
  };
  const [title, ...rest] = textOf("both.zip", imported).split("\n");
  expect(title).toMatch(/^Import of both\.zip, /);
  expect(rest).toEqual([
    "",
    "Notes added: 1",
    "Left out: 1",
    "",
    "File\tLine\tWhat\tReason",
    "b.png\t\tLeft out\tis no note",
    "both.zip\t3\tChanged\tis no time",
    "",
  ]);
});
