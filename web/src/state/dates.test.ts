import { describe, expect, test } from "vitest";
import { ago, moment, toInput } from "./dates";

const now = new Date(2026, 2, 4, 15, 30);
const iso = (...at: [number, number, number, number?, number?]): string => new Date(...at).toISOString();

describe("points in time", () => {
  test.each([
    [iso(2026, 2, 4, 18), "Today, 18:00"],
    [iso(2026, 2, 5, 8), "Tomorrow, 08:00"],
    [iso(2026, 2, 3, 23, 59), "Yesterday, 23:59"],
    [iso(2026, 2, 9, 8), "9 Mar, 08:00"],
    [iso(2031, 2, 9, 8), "9 Mar 2031, 08:00"],
  ])("%s is %s", (at, words) => {
    expect(moment(at, now, "en-GB")).toBe(words);
  });

  test.each([
    [iso(2026, 2, 4, 15, 30), "just now"],
    [iso(2026, 2, 4, 15, 1), "29 min ago"],
    [iso(2026, 2, 4, 9, 5), "09:05"],
    [iso(2026, 2, 3, 9), "yesterday"],
    [iso(2025, 11, 24, 9), "24 Dec 2025"],
  ])("%s was %s", (at, words) => {
    expect(ago(at, now, "en-GB")).toBe(words);
  });

  test("a field shows local time", () => {
    expect(toInput(iso(2026, 2, 4, 8, 5))).toBe("2026-03-04T08:05");
  });
});
