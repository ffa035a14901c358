import { EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import { read } from "../read";
import { taken } from "./taken";

/** A document with the cursor behind `|`. */
function editing(source: string, typed = ""): EditorState {
  const { doc } = read(source.replace("|", ""));
  const before = source
    .slice(source.lastIndexOf("\n", source.indexOf("|")) + 1, source.indexOf("|"))
    .replace(/^- /, "");
  let place = 0;
  doc.descendants((node, at) => {
    if (node.isTextblock && node.textContent.startsWith(before)) place = at + 1 + before.length;
  });
  const state = EditorState.create({ doc });
  const tr = state.tr.setSelection(TextSelection.create(doc, place));
  return state.apply(typed ? tr.insertText(typed) : tr);
}

/** What is before the cursor in its block, and the whole text. */
function after(state: EditorState, next: string): [string, string] {
  const now = state.apply(taken(state, read(next).doc));
  const { $from } = now.selection;
  return [$from.parent.textContent.slice(0, $from.parentOffset), now.doc.textBetween(0, now.doc.content.size, "/")];
}

describe("what comes from elsewhere", () => {
  test("leaves the cursor in its paragraph, and a space that was just typed", () => {
    const state = editing("One|\n\nTwo\n\n- three", " ");
    expect(after(state, "One\n\nTwo\n\n- three, changed")).toEqual(["One ", "One /Two/three, changed"]);
  });

  test("leaves the cursor in its item", () => {
    const state = editing("One\n\n- two\n- three|", " ");
    expect(after(state, "One, changed\n\n- two\n- three")).toEqual(["three ", "One, changed/two/three "]);
  });

  test("puts paragraphs in and takes them out around the cursor", () => {
    expect(after(editing("One\n\nTwo|\n\nThree"), "Zero\n\nOne\n\nTwo\n\nThree")[0]).toBe("Two");
    expect(after(editing("One\n\nTwo|\n\nThree"), "Two\n\nThree")).toEqual(["Two", "Two/Three"]);
  });

  test("changes the paragraph of the cursor", () => {
    expect(after(editing("One two|"), "One, and two")).toEqual(["One, and two", "One, and two"]);
  });

  test("becomes what it is, whatever was there", () => {
    const sources = [
      "",
      "# Head\n\ntext",
      "- a\n  - b\n- c",
      "1. x\n2. y",
      "> quote\n\n```\ncode\n```",
      "| a |\n|---|\n| b |",
    ];
    for (const now of sources)
      for (const next of sources) {
        const state = EditorState.create({ doc: read(now).doc });
        expect(state.apply(taken(state, read(next).doc)).doc.toString()).toBe(read(next).doc.toString());
      }
  });
});
