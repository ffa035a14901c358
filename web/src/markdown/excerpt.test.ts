import { describe, expect, test } from "vitest";
import { excerpt, EXCERPT, EXCERPT_LINES, progress } from "./excerpt";

describe("the beginning of a note", () => {
  test("a short note is shown in full", () => {
    expect(excerpt("One\n\nTwo\n")).toBe("One\n\nTwo\n");
    expect(excerpt("")).toBe("");
  });

  test("a long line ends between words", () => {
    const words = "word ".repeat(1000);
    expect(excerpt(words).length).toBeLessThanOrEqual(EXCERPT);
    expect(excerpt(words).endsWith("word")).toBe(true);
    expect(excerpt("W".repeat(1000))).toHaveLength(EXCERPT);
  });

  test("lines without text do not count", () => {
    const lines = Array.from({ length: 100 }, (_, at) => `${at}`);
    expect(excerpt(lines.join("\n")).split("\n")).toEqual(lines.slice(0, EXCERPT_LINES));
    expect(excerpt(lines.join("\n\n")).split("\n\n")).toEqual(lines.slice(0, EXCERPT_LINES));
  });
});

describe("progress of a checklist", () => {
  test("tasks are counted wherever they stand", () => {
    expect(progress("- [ ] a\n- [x] b\n  1. [X] c\n\n> - [ ] d")).toEqual({ done: 2, of: 4 });
  });

  test("text without tasks has none", () => {
    expect(progress("A [ ] box\n\n- item")).toBeUndefined();
    expect(progress("```\n- [ ] code\n```")).toBeUndefined();
  });
});
