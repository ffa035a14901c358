import { expect, test } from "vitest";
import { suggestions } from "./presets";

test("what is suggested is in the future, and no two are the same", () => {
  for (const [day, hour] of [1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
    [0, 5, 8, 17, 18, 20, 23].map((hour) => [day, hour] as const),
  )) {
    const from = new Date(2026, 2, day, hour, 30);
    const list = suggestions(from);
    expect(list.every(({ at }) => at > from)).toBe(true);
    expect(new Set(list.map(({ at }) => at.getTime())).size).toBe(list.length);
    expect(list.length, "late in the evening, too").toBeGreaterThanOrEqual(3);
    // On a Sunday, tomorrow is Monday.
    expect(list.at(-1)?.at.getDay()).toBe(from.getDay() === 0 ? 6 : 1);
  }
  expect(suggestions(new Date(2026, 2, 4, 9))[0]?.label).toBe("This evening");
});
