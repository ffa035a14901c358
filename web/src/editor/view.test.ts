// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import type { Text } from "./log";
import { edit, type Editing } from "./view";

let editing: Editing | undefined;
afterEach(() => editing?.destroy());

/** An editor, and the texts that it gives away. */
function opened(value: string): { editing: Editing; given: Text[]; bases: (Text | undefined)[] } {
  const given: Text[] = [];
  const bases: (Text | undefined)[] = [];
  editing = edit(document.body.appendChild(document.createElement("div")), {
    value,
    title: "Draft",
    label: "Text",
    describedBy: "hint",
    placeholder: "",
    onchange: (text, base) => {
      given.push(text);
      bases.push(base);
    },
    onstate: () => {},
    ontitle: () => {},
    onrefer: () => false,
    asked: {
      link: () => {},
      find: () => {},
      leave: () => {},
      close: () => {},
      say: () => {},
      sink: () => false,
      open: () => {},
    },
    titles: { of: () => undefined, watch: () => () => {}, open: () => {} },
    name: () => undefined,
  });
  return { editing, given, bases };
}

/** Types at the end of the first paragraph. */
function types({ view }: Editing, text: string): void {
  view.dispatch(view.state.tr.insertText(text, view.state.doc.firstChild!.nodeSize - 1));
}

test("gives away what is typed", () => {
  const { editing, given } = opened("mine");
  types(editing, "!");
  expect(given).toEqual([{ title: "Draft", content: "mine!" }]);
});

test("holds back what is typed until a text from elsewhere is merged, and gives away both", async () => {
  const { editing, given } = opened("mine\n\ntheirs");
  editing.take({ title: "Draft", content: "mine\n\ntheirs, changed" });
  types(editing, "!");
  types(editing, "?");
  expect(given).toEqual([]);
  await vi.waitFor(() => expect(given).toEqual([{ title: "Draft", content: "mine!?\n\ntheirs, changed" }]));
  await vi.waitFor(() => expect(editing.view.state.doc.textContent).toBe("mine!?theirs, changed"));
});

test("gives away what was held back with what it changes when the note is closed before", () => {
  const { editing, given, bases } = opened("mine\n\ntheirs");
  editing.take({ title: "Draft", content: "mine\n\ntheirs, changed" });
  types(editing, "!");
  types(editing, "?");
  editing.destroy();
  expect(given).toEqual([{ title: "Draft", content: "mine!?\n\ntheirs" }]);
  expect(bases).toEqual([{ title: "Draft", content: "mine\n\ntheirs" }]);
});

test("leaves a word that is being composed, and takes the other text after it", async () => {
  const { editing, given } = opened("mine\n\ntheirs");
  // What merges is loaded with the first text from elsewhere.
  editing.take({ title: "Draft", content: "mine\n\ntheirs, changed" });
  await vi.waitFor(() => expect(editing.view.state.doc.textContent).toBe("minetheirs, changed"));
  const composing = vi.spyOn(editing.view, "composing", "get").mockReturnValue(true);
  types(editing, "日");
  editing.take({ title: "Draft", content: "first\n\nmine日\n\ntheirs, changed" });
  expect(editing.view.state.doc.textContent).toBe("mine日theirs, changed");
  types(editing, "本");
  expect(given.at(-1)).toEqual({ title: "Draft", content: "first\n\nmine日本\n\ntheirs, changed" });
  composing.mockRestore();
  editing.view.dom.dispatchEvent(new CompositionEvent("compositionend"));
  await vi.waitFor(() => expect(editing.view.state.doc.textContent).toBe("firstmine日本theirs, changed"));
});

/** Puts the cursor into a block, as a browser does that is too busy to tell of it. */
function puts({ view }: Editing, block: number, offset: number): void {
  const silence = (event: Event): void => event.stopImmediatePropagation();
  view.dom.focus();
  addEventListener("selectionchange", silence, true);
  getSelection()!.collapse(view.dom.children[block]!.firstChild, offset);
  removeEventListener("selectionchange", silence, true);
}

/** Presses a key, and tells whether it is left to the browser. */
function presses({ view }: Editing, key: string, keyCode: number): boolean {
  return view.dom.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true }));
}

test("obeys a key where the cursor is, before the browser has told that it was moved", () => {
  const { editing } = opened("first\n\nsecond");
  puts(editing, 1, 3);
  expect(editing.view.state.selection.from).toBe(1);
  // At the start of the text there was nothing to delete, and the key would do nothing.
  expect(presses(editing, "Backspace", 8)).toBe(true);
  puts(editing, 0, 5);
  presses(editing, "Enter", 13);
  expect(editing.view.state.doc.children.map(({ textContent }) => textContent)).toEqual(["first", "", "second"]);
});

test("leaves the cursor where it was just put when a text from elsewhere comes", async () => {
  const { editing } = opened("mine\n\ntheirs");
  editing.take({ title: "Draft", content: "mine\n\ntheirs, changed" });
  await vi.waitFor(() => expect(editing.view.state.doc.textContent).toBe("minetheirs, changed"));
  puts(editing, 0, 4);
  editing.take({ title: "Draft", content: "mine\n\ntheirs, changed again" });
  expect(editing.view.state.doc.textContent).toBe("minetheirs, changed again");
  expect(editing.view.state.selection.from).toBe(5);
  expect(getSelection()!.focusOffset).toBe(4);
});
