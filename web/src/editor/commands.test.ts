import { AllSelection, EditorState, TextSelection, type Command } from "prosemirror-state";
import { expect, test } from "vitest";
import * as commands from "./commands";

import { setLink } from "./later/link";
import { read } from "./read";
import { isAddress } from "./schema";
import { writer } from "./write";

/** Runs commands with the cursor behind a word of a note, or with a selection from one word to another, and says what is written then. */
function after(source: string, where: string | [string, string] | "all", ...run: Command[]): string {
  const note = read(source);
  let state = EditorState.create({ doc: note.doc });
  const behind = (word: string, end = true): number => {
    let found = -1;
    state.doc.descendants((node, pos) => {
      const at = node.isText ? (node.text ?? "").indexOf(word) : -1;
      if (at >= 0 && found < 0) found = pos + at + (end ? word.length : 0);
    });
    return found;
  };
  const selection =
    where === "all"
      ? new AllSelection(state.doc)
      : typeof where === "string"
        ? TextSelection.create(state.doc, behind(where))
        : TextSelection.create(state.doc, behind(where[0], false), behind(where[1]));
  state = state.apply(state.tr.setSelection(selection));
  for (const command of run) command(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return writer()({ ...note, doc: state.doc });
}

const type =
  (text: string): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.insertText(text));
    return true;
  };
const start: Command = (state, dispatch) => {
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, state.selection.$from.start())));
  return true;
};
const { splitItem, leaveItem, indent, outdent, toggleTask, toggleList } = commands;

test("Enter makes the next item, which is not done", () => {
  expect(after("- [x] a", "a", splitItem, type("b"))).toBe("- [x] a\n- [ ] b");
  expect(after("1. a", "a", splitItem, type("b"))).toBe("1. a\n2. b");
});

test("Enter in an empty item leaves the list, level by level", () => {
  expect(after("- [ ] a\n  - [ ] b", "b", splitItem, splitItem, type("c"))).toBe("- [ ] a\n  - [ ] b\n- [ ] c");
  expect(after("- [ ] a\n  - [ ] b", "b", splitItem, splitItem, splitItem, type("c"))).toBe("- [ ] a\n  - [ ] b\n\nc");
});

test("Backspace at the beginning of an item leaves the list", () => {
  expect(after("- [ ] a\n- [ ] b", "b", leaveItem)).toBe("- [ ] a\n- [ ] b");
  expect(after("- [ ] a\n- [ ] b", "b", start, leaveItem)).toBe("- [ ] a\n\nb");
  expect(after("- a\n  - b\n- c", "b", start, leaveItem)).toBe("- a\n- b\n- c");
});

test("Tab and Shift-Tab move items", () => {
  expect(after("- [ ] a\n- [x] b", "b", indent)).toBe("- [ ] a\n  - [x] b");
  expect(after("- [ ] a\n- [x] b", "a", indent)).toBe("- [ ] a\n- [x] b");
  expect(after("- a\n  - b\n  - c", "c", outdent)).toBe("- a\n  - b\n- c");
  expect(indent(EditorState.create({ doc: read("a").doc }))).toBe(false);
});

test("lists of one kind become lists of another, and text", () => {
  expect(after("a\n\n# b", ["a", "b"], toggleList("tasks"))).toBe("- [ ] a\n- [ ] b");
  expect(after("* a\n* b", "all", toggleList("tasks"))).toBe("* [ ] a\n* [ ] b");
  expect(after("* a\n* b", "b", toggleList("tasks"))).toBe("* a\n* [ ] b");
  expect(after("- [x] a\n- [ ] b", "all", toggleList("numbers"))).toBe("1. a\n2. b");
  expect(after("- [x] a\n- [ ] b", "all", toggleList("tasks"))).toBe("a\n\nb");
  expect(after("- a\n  - b", "b", toggleList("tasks"))).toBe("- a\n  - [ ] b");
});

test("the task at the cursor is checked, not the one around it", () => {
  expect(after("- [ ] a\n  - [ ] b", "b", toggleTask())).toBe("- [ ] a\n  - [x] b");
  expect(after("- [x] a", "a", toggleTask())).toBe("- [ ] a");
  expect(after("- a", "a", toggleTask())).toBe("- a");
});

test("headings, quotes and code come and go", () => {
  expect(after("a", "a", commands.toggleAnyHeading)).toBe("## a");
  expect(after("# a", "a", commands.toggleAnyHeading)).toBe("a");
  expect(after("a", "a", commands.toggleQuote)).toBe("> a");
  expect(after("> a", "a", commands.toggleQuote)).toBe("a");
  expect(after("a *b*", "a", commands.toggleCode)).toBe("```\na b\n```");
});

test("links are made, changed and taken away", () => {
  expect(after("see here", ["here", "here"], setLink("https://a.b"))).toBe("see [here](https://a.b)");
  expect(after("see [he*r*e](https://a.b) too", "he", setLink("https://c.d"))).toBe("see [he*r*e](https://c.d) too");
  expect(after("see [he*r*e](https://a.b) too", "he", setLink(""))).toBe("see he*r*e too");
  expect(after("see", "see", setLink("https://a.b"))).toBe("see<https://a.b>");
  expect(after("see", ["see", "see"], setLink("javascript:alert(1)"))).toBe("see");
  expect(
    ["https://a", "HTTP://b", "mailto:c@d", "javascript:e", "//f", "data:g", " https://h"].filter(isAddress),
  ).toEqual(["https://a", "HTTP://b", "mailto:c@d"]);
});

test("below code at the end there is a place to go on", () => {
  expect(after("```\na\n```", "a", commands.downFromEnd, type("b"))).toBe("```\na\n```\n\nb");
  expect(after("```\na\n```\n\nb", "a", commands.downFromEnd)).toBe("```\na\n```\n\nb");
});
