import { EditorState, TextSelection, type Command } from "prosemirror-state";
import { expect, test } from "vitest";
import { move } from "./later/moves";
import * as tables from "./later/tables";
import { read } from "./read";
import { tables as part, whole } from "./tables";
import { writer } from "./write";

const TABLE = "| a | b |\n| --- | --: |\n| c | d |";

await part.load();

/** Runs commands with the cursor behind a word, and says what is written then. */
function after(source: string, word: string, ...run: Command[]): string {
  const note = read(source);
  let state = EditorState.create({ doc: note.doc, plugins: [whole()] });
  let at = 0;
  state.doc.descendants((node, pos) => {
    if (node.isText && node.text?.includes(word)) at = pos + node.text.indexOf(word) + word.length;
  });
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)));
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

test("rows and columns come and go", () => {
  expect(after(TABLE, "a", tables.addRow("below"), type("x"))).toBe("| a | b |\n| --- | --: |\n| x |  |\n| c | d |");
  expect(after(TABLE, "c", tables.addColumn("before"), type("x"))).toBe(
    "|  | a | b |\n| --- | --- | --: |\n| x | c | d |",
  );
  expect(after(TABLE, "d", tables.removeColumn)).toBe("| a |\n| --- |\n| c |");
  expect(after(TABLE, "a", tables.removeRow)).toBe("| c | d |\n| --- | --: |");
  expect(after("x\n\n" + TABLE, "a", tables.removeTable)).toBe("x");
  expect(after(TABLE, "c", tables.setAlign("center"))).toBe("| a | b |\n| :-: | --: |\n| c | d |");
});

test("Tab goes through the cells and adds a row behind the last", () => {
  expect(after(TABLE, "a", tables.nextCell(1), type("x"))).toBe("| a | x |\n| --- | --: |\n| c | d |");
  expect(after(TABLE, "d", tables.nextCell(1), type("x"))).toBe("| a | b |\n| --- | --: |\n| c | d |\n| x |  |");
  expect(after(TABLE, "c", tables.nextCell(-1), type("x"))).toBe("| a | x |\n| --- | --: |\n| c | d |");
});

test("Enter goes down, and out of an empty last row", () => {
  expect(after(TABLE, "b", tables.enterCell, type("x"))).toBe("| a | b |\n| --- | --: |\n| c | dx |");
  expect(after(TABLE, "d", tables.enterCell, tables.enterCell, type("x"))).toBe(`${TABLE}\n\nx`);
});

test("Alt and an arrow move rows, items and blocks", () => {
  const said: string[] = [];
  const go = (step: -1 | 1) => move(step, (text) => said.push(text));
  expect(after(TABLE, "c", go(-1))).toBe("| c | d |\n| --- | --: |\n| a | b |");
  expect(after("- a\n  - b\n- c", "a", go(1))).toBe("- c\n- a\n  - b");
  expect(after("- a\n- c", "c", go(-1), type("x"))).toBe("- cx\n- a");
  expect(after("# a\n\nb", "b", go(-1))).toBe("b\n\n# a");
  expect(after("- a\n- c", "c", go(1))).toBe("- a\n- c");
  expect(said.at(-1)).toBe("It is the last already");
});

test("a new table stands where the cursor is", () => {
  expect(after("a", "a", tables.insertTable, type("x"))).toBe("a\n\n| x |  |\n| --- | --- |\n|  |  |\n|  |  |");
  expect(after(TABLE, "a", tables.insertTable)).toBe(TABLE);
});

test("a table that was cut is mended", () => {
  const note = read("| a | b |\n| - | - |\n| c | d |\n| e | f |");
  let state = EditorState.create({ doc: note.doc, plugins: [whole()] });
  // The second row's first cell goes.
  state = state.apply(state.tr.delete(10, 13));
  expect(writer()({ ...note, doc: state.doc })).toBe("| a | b |\n| --- | --- |\n| d |  |\n| e | f |");
});
