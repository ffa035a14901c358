import { describe, expect, test } from "vitest";
import { columnsIn, layout, moved } from "./masonry";

describe("cards in columns", () => {
  test("the first row is read from left to right, and then the shortest column is next", () => {
    const { places, width, height } = layout([100, 50, 80, 10], 320, 3, 10);
    expect(width).toBe(100);
    expect(places).toEqual([
      { x: 0, y: 0 },
      { x: 110, y: 0 },
      { x: 220, y: 0 },
      { x: 110, y: 60 },
    ]);
    expect(height).toBe(100);
  });

  test("no cards need no room", () => {
    expect(layout([], 300, 2, 10).height).toBe(0);
  });

  test("there is at least one column, and not more than wanted", () => {
    expect(columnsIn(100, 240, 16, 6)).toBe(1);
    expect(columnsIn(1000, 240, 16, 6)).toBe(3);
    expect(columnsIn(5000, 240, 16, 6)).toBe(6);
  });

  test("an element goes to another place, and the others close up", () => {
    expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(moved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
  });
});
