import { describe, expect, test } from "vitest";
import { merge3 } from "./merge";

const NOTE = "# Trip\n\nWe leave on Friday.\n\n- [ ] tickets\n- [ ] passports\n- [ ] maps\n\nCall Ann before.";

describe("two changes of one text", () => {
  test("an unchanged side is no change", () => {
    expect(merge3(NOTE, NOTE, "else")).toBe("else");
    expect(merge3(NOTE, "else", NOTE)).toBe("else");
    expect(merge3(NOTE, "else", "else")).toBe("else");
  });

  test("paragraphs and items are changed apart from each other", () => {
    const mine = NOTE.replace("Friday", "Saturday").replace("[ ] maps", "[x] maps");
    const theirs = NOTE.replace("[ ] passports", "[x] passports").replace("before", "afterwards");
    expect(merge3(NOTE, mine, theirs)).toBe(
      NOTE.replace("Friday", "Saturday")
        .replace("[ ] maps", "[x] maps")
        .replace("[ ] passports", "[x] passports")
        .replace("before", "afterwards"),
    );
  });

  test("items that stand beside each other are different items", () => {
    expect(merge3("- a\n- b", "- A\n- b", "- a\n- B")).toBe("- A\n- B");
    expect(merge3("- a\n- b", "- a", "- A\n- b")).toBe("- A");
  });

  test("both put something in at one place, and both stay", () => {
    expect(merge3("- a", "- a\n- milk", "- a\n- eggs")).toBe("- a\n- eggs\n- milk");
    expect(merge3("- a", "- a\n- milk", "- a\n- milk\n- eggs")).toBe("- a\n- milk\n- eggs");
    expect(merge3("", "mine", "")).toBe("mine");
  });

  test("different words of one paragraph are put together", () => {
    const base = "The quick fox jumps over the dog.";
    expect(merge3(base, base.replace("quick", "slow"), base.replace("dog", "cat"))).toBe(
      "The slow fox jumps over the cat.",
    );
  });

  test("the same words are for the user to decide", () => {
    expect(merge3("The plan", "My plan", "Their plan")).toBeUndefined();
    expect(merge3("one\ntwo", "one", "one\ntwo, changed")).toBeUndefined();
    expect(merge3("Plan", "Plan A", "Plan B")).toBeUndefined();
  });

  test("lines that are the same stay at their places", () => {
    expect(merge3("x\nx\nx", "x\ny\nx", "x\nx\nz")).toBe("x\ny\nz");
    expect(merge3("\n\n\n", "a\n\n\n", "\n\n\nb")).toBe("a\n\n\nb");
  });

  test("a long text that was written anew is no work for minutes", () => {
    const lines = (word: string): string => Array.from({ length: 5000 }, (_, at) => `${word} ${at}`).join("\n");
    const begin = performance.now();
    merge3(lines("base"), lines("mine"), lines("theirs"));
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe("whatever is edited", () => {
  /** Numbers that are the same in every run. */
  function chance(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
  const WORDS = ["", "milk", "- [ ] eggs", "a line of words", "# head", "- [x] done", "milk"];

  /** Changes some of the lines whose number has the given remainder. */
  function edited(lines: readonly string[], remainder: number, below: (n: number) => number): string[] {
    return lines.flatMap((line, at) => {
      if (at % 2 !== remainder || below(3) > 0) return [line];
      return [[`${line} more ${remainder}`], [`new ${remainder}.${at}`, line], []][below(3)]!;
    });
  }

  test("different blocks never meet, and nobody's change is lost", () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const below = chance(seed);
      const base = Array.from({ length: 1 + below(12) }, (_, at) => `${at} ${WORDS[below(WORDS.length)]}`);
      const [mine, theirs] = [edited(base, 0, below), edited(base, 1, below)];
      const together = merge3(base.join("\n"), mine.join("\n"), theirs.join("\n"));
      expect(together, `seed ${seed}`).toBeDefined();
      const kept = new Set(together!.split("\n"));
      for (const side of [mine, theirs])
        for (const line of side) if (!base.includes(line)) expect(kept, `seed ${seed}`).toContain(line);
    }
  });

  test("the result does not depend on whose is whose", () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const below = chance(seed);
      const some = (): string =>
        Array.from({ length: below(6) }, () => WORDS[below(WORDS.length)]!).join("\n") || "nothing";
      const [base, mine, theirs] = [some(), some(), some()];
      expect(merge3(base, mine, theirs), `seed ${seed}`).toBe(merge3(base, theirs, mine));
      expect(merge3(base, base, theirs)).toBe(theirs);
      expect(merge3(base, mine, mine)).toBe(mine);
    }
  });
});

test("words that one side went on with are no two versions", () => {
  expect(merge3("First", "First with w", "First with words of")).toBe("First with words of");
  expect(merge3("First", "First with words of", "First with")).toBe("First with words of");
  expect(merge3("First\n\n- a", "First with\n\n- a", "First with words\n\n- a WITH")).toBe(
    "First with words\n\n- a WITH",
  );
  expect(merge3("First", "First with mine", "First with words")).toBeUndefined();
});
