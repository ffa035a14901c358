// Writing in the editor: what is typed, pressed and pasted, and the Markdown that the service has afterwards.
import { expect, type Person, test } from "../support/journey";

/** Opens a note with this text, with the cursor at its end. */
async function opened(person: Person, content: string): Promise<void> {
  await person.has({ title: "Draft", content });
  await person.goes();
  await person.opens("Draft");
  await expect(person.text).toBeVisible();
  await person.text.focus();
  await person.page.keyboard.press("Control+End");
}

/** Types text, and presses what stands in angle brackets. */
async function types(person: Person, ...steps: string[]): Promise<void> {
  for (const step of steps) {
    const key = /^<(.+)>$/.exec(step)?.[1];
    if (key) await person.page.keyboard.press(key);
    else await person.page.keyboard.type(step);
  }
}

/** Waits until the service has this text. */
async function has(person: Person, content: string): Promise<void> {
  await expect.poll(async () => (await person.notes())[0]?.content, { timeout: 15_000 }).toBe(content);
}

test("formats Markdown while it is typed", async ({ ada }) => {
  await opened(ada, "");
  await types(
    ada,
    "# Plan",
    "<Enter>",
    "A **bold**, *soft*, ~~old~~ and `exact` [site](https://a.b) x",
    "<Enter>",
    "> said",
    "<Enter>",
  );
  await types(ada, "<Enter>", "1. one", "<Enter>", "two", "<Enter>", "<Enter>", "```", "a **b**", "<Enter>", "c");
  await expect(ada.text.getByRole("heading", { name: "Plan" })).toBeVisible();
  await has(
    ada,
    "# Plan\n\nA **bold**, *soft*, ~~old~~ and `exact` [site](https://a.b) x\n\n> said\n\n1. one\n2. two\n\n```\na **b**\nc\n```",
  );
});

test("edits a checklist with Enter, Tab, Backspace and a shortcut", async ({ ada }) => {
  await opened(ada, "");
  await types(
    ada,
    "[] bread",
    "<Enter>",
    "oil",
    "<Enter>",
    "<Tab>",
    "green",
    "<Control+Enter>",
    "<Enter>",
    "<Enter>",
    "salt",
  );
  await types(ada, "<Enter>", "<Backspace>", "done");
  await expect(ada.text.getByRole("checkbox")).toHaveCount(4);
  await expect(ada.text.getByRole("checkbox", { name: "green" })).toBeChecked();
  await has(ada, "- [ ] bread\n- [ ] oil\n  - [x] green\n- [ ] salt\n\ndone");
});

test("obeys keys where the cursor is, however late the browser tells of it", async ({ ada }) => {
  await opened(ada, "Paint the door red.\n\nBrush and ladder");
  // As on a machine that is busy with other things.
  await ada.page.evaluate(() =>
    addEventListener("selectionchange", (event) => event.isTrusted && event.stopImmediatePropagation(), true),
  );
  await ada.text.getByText("Paint").click();
  await types(ada, "<End>", ..."red.".split("").map(() => "<Backspace>"), "blue.", "<Home>", "<Control+b>", "Do: ");
  await types(ada, "<Control+End>", "<Home>", "<Enter>", "<ArrowUp>", "Take:");
  await types(ada, "<Control+End>", "<Control+Shift+ArrowLeft>");
  await ada.dialog.getByRole("button", { name: "Italic" }).click();
  await has(ada, "**Do:** Paint the door blue.\n\nTake:\n\nBrush and *ladder*");
});

test("changes one character when a checkbox of a foreign note is clicked", async ({ ada }) => {
  const content =
    "Market\n======\n* [ ] bread\n* [ ] oil\n\n\n| a | b |\n|---|---|\n\n<kbd>x</kbd> [y][z] __w__\n\n[z]: https://z.z\n";
  await opened(ada, content);
  await ada.text.getByRole("checkbox", { name: "oil" }).click();
  await has(ada, content.replace("[ ] oil", "[x] oil"));
});

test("leaves a note unchanged when it is only opened", async ({ ada }) => {
  await opened(ada, "Odd\n---\n*  [x] form\n");
  const [before] = await ada.notes();
  await types(ada, "<Control+Home>", "<ArrowDown>");
  await ada.closes();
  await ada.goes();
  expect((await ada.notes())[0]).toEqual(before);
});

test("undoes and redoes changes", async ({ ada }) => {
  await opened(ada, "a");
  await types(ada, "bc", "<Control+z>");
  await expect(ada.text).toHaveText("a");
  await types(ada, "<Control+Shift+z>");
  await expect(ada.text).toHaveText("abc");
  const undo = ada.dialog.getByRole("button", { name: "Undo", exact: true });
  await undo.click();
  await expect(ada.text).toHaveText("a");
  await expect(undo).toHaveAttribute("aria-disabled", "true");
});

test("removes styles and scripts from pasted HTML", async ({ ada }) => {
  await opened(ada, "");
  await ada.pastes({
    "text/plain": "x",
    "text/html":
      "<style>p { color: red }</style><h2 style='color: red'>News</h2><p onclick='alert(1)'>Is <b style='font-weight:normal'>not</b> <span style='font-weight:700'>big</span> <a href='javascript:alert(1)'>a</a> <a href='https://b.c' style='top: 0'>b</a><img src=x onerror='alert(1)'></p><ul><li><input type=checkbox checked> c</li></ul><script>alert(1)</script>",
  });
  await has(ada, "## News\n\nIs not **big** a [b](https://b.c)\n\n- [x] c");
});

test("formats pasted Markdown, and links the selected text to a pasted URL", async ({ ada }) => {
  await opened(ada, "");
  await ada.pastes({ "text/plain": "- [ ] a\n- [x] **b**" });
  await has(ada, "- [ ] a\n- [x] **b**");
  await types(ada, "<Control+Shift+ArrowLeft>");
  await ada.pastes({ "text/plain": "https://c.d" });
  await has(ada, "- [ ] a\n- [x] [**b**](https://c.d)");
});

test("makes the toolbar one tab stop, with arrow keys between its buttons", async ({ ada }) => {
  await opened(ada, "word");
  const bar = ada.dialog.getByRole("toolbar", { name: "Formatting" });
  await types(ada, "<Control+a>", "<Tab>");
  await expect(bar.getByRole("button", { name: "Bold" })).toBeFocused();
  await types(ada, "<ArrowRight>", "<Enter>");
  await expect(bar.getByRole("button", { name: "Italic" })).toHaveAttribute("aria-pressed", "true");
  await expect(ada.text).toBeFocused();
  await types(ada, "<Tab>");
  await expect(bar.getByRole("button", { name: "Italic" })).toBeFocused();
  await types(ada, "<End>", "<ArrowRight>");
  await expect(bar.getByRole("button", { name: "Bold" })).toBeFocused();
  await has(ada, "*word*");
});

test("asks for the address of a link, and closes only that dialog with Escape", async ({ ada }) => {
  await opened(ada, "see here");
  // The form is loaded when it is asked for first.
  const field = ada.dialog.getByLabel("Address of the link");
  await types(ada, "<Control+Shift+ArrowLeft>", "<Control+k>");
  await expect(field).toBeFocused();
  await types(ada, "<Escape>");
  await expect(ada.text).toBeFocused();
  await types(ada, "<Control+k>");
  await expect(field).toBeFocused();
  await types(ada, "javascript:alert(1)", "<Enter>");
  await expect(ada.dialog.getByRole("alert")).toHaveText("Links lead to https:, http: and mailto: addresses.");
  await types(ada, "<Control+a>", "example.org/x", "<Enter>");
  await has(ada, "see [here](https://example.org/x)");
});

test("formats by the shortcuts of other editors, and undoes each", async ({ ada }) => {
  const shortcuts: Record<string, string> = {
    "Control+b": "**word**",
    "Control+i": "*word*",
    "Control+Shift+x": "~~word~~",
    "Alt+Shift+5": "~~word~~",
    "Control+e": "`word`",
    "Control+Alt+1": "# word",
    "Control+Alt+2": "## word",
    "Control+Alt+3": "### word",
    "Control+Alt+6": "###### word",
    "Control+Shift+7": "1. word",
    "Control+Shift+8": "- word",
    "Control+Shift+9": "- [ ] word",
    "Control+Shift+b": "> word",
    "Control+Alt+c": "```\nword\n```",
  };
  const { id } = await ada.has({ title: "Draft", content: "word" });
  const is = (content: string, why: string) =>
    expect.poll(async () => (await ada.notes())[0]?.content, { message: why }).toBe(content);
  await ada.goes(`/?note=${id}`);
  await expect(ada.text).toHaveText("word");
  for (const [keys, content] of Object.entries(shortcuts)) {
    await ada.text.focus();
    await ada.page.keyboard.press("Control+a");
    await ada.page.keyboard.press(keys);
    await is(content, keys);
    await ada.page.keyboard.press("Control+z");
    await is("word", `${keys}, undone`);
  }
  await ada.page.keyboard.press("Control+y");
  await is("```\nword\n```", "redone");
  await ada.page.keyboard.press("Control+a");
  await ada.page.keyboard.press("Control+Alt+0");
  await is("word", "text again");
  await ada.page.keyboard.press("Control+k");
  await expect(ada.dialog.getByLabel("Address")).toBeFocused();
});
