import { expect, test } from "vitest";
import { parse } from "./blocks";
import { hideCheckboxes, showCheckboxes } from "./checkboxes";
import { sinkItem } from "./checklist";
import { sources } from "./random.testing";

test("text becomes a checklist, and a checklist text", () => {
  const source = "# Shop\n\nbread\noil\n\nsalt\n\n```\nx\n```\n";
  const shown = "# Shop\n\n- [ ] bread\n- [ ] oil\n- [ ] salt\n\n```\nx\n```\n";
  expect(showCheckboxes(source)).toBe(shown);
  expect(hideCheckboxes(shown)).toBe("# Shop\n\nbread\noil\nsalt\n\n```\nx\n```\n");
  expect(showCheckboxes("1. a\n   - b\n2. [x] c")).toBe("1. [ ] a\n   - [ ] b\n2. [x] c");
  expect(hideCheckboxes("- [x] a\n  - [ ] b")).toBe("- a\n  - b");
  expect(hideCheckboxes("- [ ] # a\n- [ ] 1. b")).toBe("\\# a\n1\\. b");
});

test("a checked item goes below those that are not", () => {
  expect(sinkItem("a\n\n- [ ] b\n- [ ] c\n- [x] d\n\ne\n", 0, true)).toBe("a\n\n- [ ] c\n- [x] b\n- [x] d\n\ne\n");
  expect(sinkItem("- [ ] b\n  more\n- [x] c\n- [x] d", 2, false)).toBe("- [ ] b\n  more\n- [ ] d\n- [x] c");
  expect(sinkItem("- [ ] a\n  - [ ] b\n  - [ ] c\n- [ ] d", 1, true)).toBe("- [ ] a\n  - [ ] c\n  - [x] b\n- [ ] d");
  expect(sinkItem("- [ ] a\n- b\n- [ ] c", 0, true)).toBe("- [x] a\n- b\n- [ ] c");
});

test("whatever the note is, no letter is lost by sinking, and as much is checked", () => {
  const letters = (text: string) => [...text.replace(/[xX ]/g, "")].sort().join("");
  for (const source of sources(3_000, 7)) {
    for (const { index, checked } of parse(source).tasks) {
      const changed = sinkItem(source, index, !checked);
      expect(letters(changed), source).toBe(letters(source));
    }
  }
});
