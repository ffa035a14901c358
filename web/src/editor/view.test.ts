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
