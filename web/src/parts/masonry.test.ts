import { describe, expect, test } from "vitest";
import { Arrangement, columnsIn, moved } from "./masonry";

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);

/** A list whose cards are estimated to be `guess` high, in columns of 100 pixels. */
function listOf(ids: readonly string[], columns: number, guess: (index: number) => number): Arrangement {
  const list = new Arrangement();
  list.reshape({ width: columns * 110 - 10, columns, gap: 10 }, guess);
  list.order(ids, guess, 0);
  return list;
}

const places = (list: Arrangement): { x: number; y: number }[] =>
  list.ids.map((_, index) => ({ x: list.x(index), y: list.y(index) }));

describe("cards in columns", () => {
  test("the first row is read from left to right, and then the shortest column is next", () => {
    const list = listOf(names(4), 3, (index) => [100, 50, 80, 10][index]!);
    expect(list.width).toBe(100);
    expect(places(list)).toEqual([
      { x: 0, y: 0 },
      { x: 110, y: 0 },
      { x: 220, y: 0 },
      { x: 110, y: 60 },
    ]);
    expect(list.total).toBe(100);
  });

  test("no cards need no room", () => {
    expect(listOf([], 2, () => 0).total).toBe(0);
  });

  test("only cards between two places are named, and of too many those in the middle", () => {
    const list = listOf(names(1000), 4, () => 90);
    expect(list.between(1000, 1200, 100)).toEqual([40, 41, 42, 43, 44, 45, 46, 47]);
    expect(list.between(1000, 2000, 4)).toEqual([60, 61, 62, 63]);
  });

  test("a page further is the card of the same column that far away", () => {
    const list = listOf(names(100), 4, () => 90);
    expect(list.across(1, 500)).toBe(21);
    expect(list.across(21, -500)).toBe(1);
    expect(list.across(98, 500)).toBe(98);
  });
});

describe("while heights become known", () => {
  test("cards on screen keep their places, whatever is above them", () => {
    const list = listOf(names(400), 4, () => 90);
    const top = 5000;
    list.measure(new Map(list.between(top, top + 800, 100).map((index) => [index, 80 + (index % 7) * 9])), top);
    const seen = list.between(top, top + 800, 100);
    const before = seen.map((index) => [list.x(index), list.y(index) - top]);
    // The cards above are measured: they are higher and lower than they were thought to be.
    const above = list.between(top - 900, top - 20, 100).filter((index) => !seen.includes(index));
    const by = list.measure(new Map(above.map((index) => [index, 60 + (index % 5) * 31])), top);
    expect(by).not.toBe(0);
    expect(seen.map((index) => [list.x(index), list.y(index) - top - by])).toEqual(before);
    // No card is above the beginning of the list.
    expect(Math.min(...places(list).map(({ y }) => y))).toBeGreaterThanOrEqual(0);
    expect(list.ragged).toBe(true);
    list.straighten();
    expect(list.ragged).toBe(false);
    expect(
      places(list)
        .slice(0, 4)
        .map(({ y }) => y),
    ).toEqual([0, 0, 0, 0]);
  });

  test("a list that is above the window moves what comes after it by what it grows", () => {
    const list = listOf(names(4), 2, () => 90);
    expect(list.total).toBe(190);
    expect(list.measure(new Map([[2, 150]]), 1000)).toBe(60);
    expect(list.total).toBe(250);
  });

  test("at the beginning of the list, cards make room", () => {
    const list = listOf(names(6), 2, () => 90);
    expect(list.measure(new Map([[0, 200]]), 0)).toBe(0);
    expect(places(list).slice(1, 4)).toEqual([
      { x: 110, y: 0 },
      { x: 110, y: 100 },
      { x: 110, y: 200 },
    ]);
  });
});

describe("another order", () => {
  test("the same order is no change", () => {
    const list = listOf(names(6), 2, () => 90);
    expect(list.order(names(6), () => 90, 0)).toBeUndefined();
  });

  test("a note that comes above the window moves nothing on screen", () => {
    const list = listOf(names(200), 4, () => 90);
    const top = 2000;
    list.measure(new Map(list.between(top, top + 600, 100).map((index) => [index, 70 + (index % 3) * 20])), top);
    const seen = list.between(top, top + 600, 100).map((index) => ({
      id: list.ids[index]!,
      x: list.x(index),
      y: list.y(index) - top,
    }));
    const by = list.order(["new", ...names(200)], () => 90, top)!;
    for (const { id, x, y } of seen) {
      const index = list.ids.indexOf(id);
      expect({ id, x: list.x(index), y: list.y(index) - top - by }).toEqual({ id, x, y });
    }
  });

  test("a note that goes from the screen lets those after it close up", () => {
    const list = listOf(names(8), 2, () => 90);
    list.order(
      names(8).filter((id) => id !== "n1"),
      () => 90,
      0,
    );
    expect(places(list).slice(0, 3)).toEqual([
      { x: 0, y: 0 },
      { x: 110, y: 0 },
      { x: 0, y: 100 },
    ]);
  });

  test("heights that were measured are known when a note comes back", () => {
    const list = listOf(names(3), 1, () => 90);
    list.measure(new Map([[1, 40]]), 0);
    list.order(["n0", "n2"], () => 90, 0);
    list.order(names(3), () => 90, 0);
    expect(list.height(1)).toBe(40);
    expect(list.isKnown(1)).toBe(true);
  });
});

describe("helpers", () => {
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
