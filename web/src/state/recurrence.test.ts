import { describe as about, expect, it } from "vitest";
import { describe, formatRule, nextAfter, parseRule } from "./recurrence";

const series = (rule: string, start = "2026-01-30T09:00:00", timeZone = "Europe/Berlin") => ({ rule, start, timeZone });
const next = (rule: string, after: string, start?: string): string | null | undefined =>
  nextAfter(series(rule, start), new Date(after))?.toISOString() ?? null;

about("a series", () => {
  it("says in a sentence when it reminds", () => {
    for (const [rule, words] of [
      ["FREQ=DAILY", "Every day"],
      ["FREQ=DAILY;INTERVAL=3;COUNT=5", "Every 3 days, 5 times"],
      ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"],
      ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20261231", "Every 2 weeks on Monday and Friday, until 31 Dec 2026"],
      ["FREQ=WEEKLY", "Every week on Friday"],
      ["FREQ=MONTHLY", "Every month on day 30"],
      ["FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"],
      ["FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"],
      ["FREQ=YEARLY", "Every year on 30 January"],
      ["FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "Repeats by a custom rule"],
    ]) {
      expect(describe(series(rule!), "en-GB"), rule).toBe(words);
    }
  });

  it("keeps its local time when the clocks change", () => {
    expect(next("FREQ=DAILY", "2026-03-28T12:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
    expect(next("FREQ=DAILY", "2026-03-27T12:00:00Z")).toBe("2026-03-28T08:00:00.000Z");
  });

  it("goes to its next day, whatever the rule names", () => {
    for (const [rule, after, expected] of [
      ["FREQ=DAILY;INTERVAL=3", "2026-01-30T08:00:00Z", "2026-02-02T08:00:00.000Z"],
      ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-01-30T08:00:00Z", "2026-02-09T08:00:00.000Z"],
      ["FREQ=MONTHLY", "2026-01-30T08:00:00Z", "2026-03-30T07:00:00.000Z"],
      ["FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31T08:00:00Z", "2026-02-28T08:00:00.000Z"],
      ["FREQ=MONTHLY;BYDAY=2TU", "2026-01-30T08:00:00Z", "2026-02-10T08:00:00.000Z"],
      ["FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30T08:00:00Z", "2026-02-27T08:00:00.000Z"],
      ["FREQ=YEARLY", "2026-01-30T08:00:00Z", "2027-01-30T08:00:00.000Z"],
    ]) {
      expect(next(rule!, after!), rule).toBe(expected);
    }
  });

  it("ends after its count, and after its last day", () => {
    expect(next("FREQ=DAILY;COUNT=2", "2026-01-30T08:00:00Z")).toBe("2026-01-31T08:00:00.000Z");
    expect(next("FREQ=DAILY;COUNT=2", "2026-01-31T08:00:00Z")).toBe(null);
    expect(next("FREQ=DAILY;UNTIL=20260131", "2026-01-31T08:00:00Z")).toBe(null);
  });

  it("is written as it was read", () => {
    for (const rule of ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20261231", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"])
      expect(formatRule(parseRule(rule))).toBe(rule);
  });
});
