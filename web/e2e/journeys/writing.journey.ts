// Writing as people do it: keys that lead out, tables, checklists, undoing, finding, links, printing.
import { expect, type Person, test } from "../support/journey";
import type { Note } from "../support/person";

async function opened(person: Person, content: string, title = "Draft"): Promise<string> {
  const { id } = await person.has({ title, content });
  await person.goes(`/?note=${id}`);
  await expect(person.text).toBeVisible();
  await person.text.focus();
  await person.page.keyboard.press("Control+End");
  return id;
}

async function types(person: Person, ...steps: string[]): Promise<void> {
  for (const step of steps) {
    const key = /^<(.+)>$/.exec(step)?.[1];
    if (key) await person.page.keyboard.press(key);
    else await person.page.keyboard.type(step);
  }
}

async function has(person: Person, content: string): Promise<void> {
  await expect
    .poll(async () => (await person.notes()).find(({ title }) => title === "Draft")?.content, { timeout: 15_000 })
    .toBe(content);
}

const toolbar = (person: Person) => person.dialog.getByRole("toolbar", { name: "Formatting" });

test("moves the focus to the toolbar with Escape, and closes the note with a second one", async ({ ada }) => {
  await ada.has({
    title: "Draft",
    content: "text\n\n- [ ] item\n\n```\ncode\n```\n\n| a | b |\n| --- | --- |\n| cell | d |",
  });
  await ada.goes();
  for (const place of ["text", "item", "code", "cell"]) {
    await ada.opens("Draft");
    await ada.text.getByText(place, { exact: true }).click();
    await expect(ada.text).toBeFocused();
    // Tab stays in a list, in code and in a table; Escape, then Tab, does not.
    if (place !== "text") {
      await types(ada, "<Tab>");
      await expect(ada.text).toBeFocused();
    }
    await types(ada, "<Escape>");
    await expect(toolbar(ada).getByRole("button", { name: "Bold" })).toBeFocused();
    await types(ada, "<Shift+Tab>");
    await expect(ada.text).toBeFocused();
    await types(ada, "<Escape>", "<Escape>");
    await expect(ada.page.getByRole("dialog")).toHaveCount(0);
    await expect(ada.card("Draft").getByRole("link")).toBeFocused();
  }
  await expect(ada.page.getByText(/Left the text/)).toHaveCount(1);
  // From a menu of the toolbar only the menu closes.
  await ada.opens("Draft");
  await ada.text.focus();
  await types(ada, "<Escape>");
  await toolbar(ada).getByRole("button", { name: "Text style" }).focus();
  await types(ada, "<Enter>");
  await expect(ada.page.getByRole("menuitemradio", { name: "Heading 1" })).toBeVisible();
  await types(ada, "<Escape>");
  await expect(toolbar(ada).getByRole("button", { name: "Text style" })).toBeFocused();
  await types(ada, "<Escape>");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
});

test("turns bold off, also at the end of bold text", async ({ ada }) => {
  await opened(ada, "");
  await types(ada, "<Control+b>", "bold", "<Control+b>", " not ", "<Control+b>", "<Control+b>", "nor");
  await has(ada, "**bold** not nor");
  await types(
    ada,
    "<Control+Home>",
    "<ArrowRight>",
    "<ArrowRight>",
    "<ArrowRight>",
    "<ArrowRight>",
    "<Control+b>",
    "!",
  );
  await has(ada, "**bold**! not nor");
});

test("creates a table, moves through it with Tab, and changes it by its menu", async ({ ada }) => {
  await opened(ada, "");
  await toolbar(ada).getByRole("button", { name: "Table" }).click();
  await types(
    ada,
    "Name",
    "<Tab>",
    "Price",
    "<Tab>",
    "Tea",
    "<Tab>",
    "3",
    "<Tab>",
    "Oil | fine",
    "<Tab>",
    "9",
    "<Tab>",
    "Salt",
  );
  await toolbar(ada).getByRole("button", { name: "Table" }).click();
  await ada.page.getByRole("menuitem", { name: "Column after" }).click();
  await types(ada, "new");
  await toolbar(ada).getByRole("button", { name: "Table" }).click();
  await ada.page.getByRole("menuitem", { name: "Row above" }).click();
  await types(ada, "above");
  await has(
    ada,
    "| Name |  | Price |\n| --- | --- | --- |\n| Tea |  | 3 |\n| Oil \\| fine |  | 9 |\n|  | above |  |\n| Salt | new |  |",
  );
  await ada.closes();
  await expect(ada.card("Draft").getByRole("cell", { name: "Tea" })).toBeVisible();
});

test("keeps what is typed while a part of the editor is still loaded", async ({ ada }) => {
  const tables = await ada.holdsBack(/\/tables-/);
  await opened(ada, "before");
  await toolbar(ada).getByRole("button", { name: "Table" }).click();
  await types(ada, "Nama", "<Backspace>", "e", "<Tab>", "Price");
  await expect(ada.text.getByRole("table")).toHaveCount(0);
  tables();
  await has(ada, "before\n\n| Name | Price |\n| --- | --- |\n|  |  |\n|  |  |");
});

test("moves checklist items by mouse and keyboard", async ({ ada }) => {
  await opened(ada, "- [ ] one\n- [ ] two\n  - [ ] inner\n- [ ] three");
  const item = (name: string) =>
    ada.text.getByRole("listitem").filter({ has: ada.page.getByRole("checkbox", { name }) });
  await item("three").last().hover();
  const grip = await item("three").last().locator(".grip").boundingBox();
  const goal = await item("one").last().getByText("one").boundingBox();
  await ada.page.mouse.move(grip!.x + 8, grip!.y + 8);
  await ada.page.mouse.down();
  await ada.page.mouse.move(goal!.x + 10, goal!.y + 30, { steps: 4 });
  await expect(ada.text.locator(".dragged")).toHaveCount(1);
  await ada.page.mouse.move(goal!.x + 10, goal!.y + 2, { steps: 4 });
  await expect(ada.text.locator(".drop-before")).toHaveCount(1);
  await ada.page.mouse.up();
  await has(ada, "- [ ] three\n- [ ] one\n- [ ] two\n  - [ ] inner");
  await ada.text.getByText("one").click();
  await types(ada, "<Alt+ArrowDown>");
  await has(ada, "- [ ] three\n- [ ] two\n  - [ ] inner\n- [ ] one");
  await types(ada, "<Control+z>");
  await has(ada, "- [ ] three\n- [ ] one\n- [ ] two\n  - [ ] inner");
});

test("sinks checked items on request, and adds and removes checkboxes", async ({ ada }) => {
  await ada.goes("/settings");
  await ada.page.getByLabel("Move checked items to the bottom of their checklist").check();
  await opened(ada, "- [ ] one\n- [ ] two\n- [x] three");
  await ada.text.getByRole("checkbox", { name: "one" }).click();
  await has(ada, "- [ ] two\n- [x] one\n- [x] three");
  await ada.closes();
  await ada.card("Draft").getByRole("checkbox", { name: "three" }).click();
  await has(ada, "- [ ] two\n- [ ] three\n- [x] one");
  await ada.chooses("Draft", "Hide checkboxes");
  await has(ada, "two\nthree\none");
  await ada.chooses("Draft", "Show checkboxes");
  await has(ada, "- [ ] two\n- [ ] three\n- [ ] one");
});

test("undoes title and text in one history, also after a reload", async ({ ada }) => {
  await opened(ada, "start");
  await types(ada, " more");
  await ada.title.focus();
  await types(ada, "<End>", " new");
  await types(ada, "<Control+z>");
  await expect(ada.title).toHaveValue("Draft");
  await expect(ada.title).toBeFocused();
  await types(ada, "<Control+z>");
  await expect(ada.text).toHaveText("start");
  await types(ada, "<Control+y>", "<Control+y>");
  await expect(ada.title).toHaveValue("Draft new");
  await ada.isSaved();
  await ada.page.reload();
  await expect(ada.text).toHaveText("start more");
  await ada.text.focus();
  await types(ada, "<Control+z>", "<Control+z>");
  await expect(ada.title).toHaveValue("Draft");
  await expect(ada.text).toHaveText("start");
  await types(ada, "<Control+Shift+z>");
  await expect(ada.text).toHaveText("start more");
});

test("finds words in the open note", async ({ ada }) => {
  await opened(ada, "tea and Té\n\n- a **te**a\n\n`tea`");
  await types(ada, "<Control+f>");
  const field = ada.dialog.getByRole("textbox", { name: "Find in note" });
  await expect(field).toBeFocused();
  await field.fill("tea");
  await expect(ada.dialog.getByText("3 of 3")).toBeVisible();
  await types(ada, "<Enter>");
  await expect(ada.dialog.getByText("1 of 3")).toBeVisible();
  await expect(ada.text.locator(".found")).toHaveCount(4);
  await types(ada, "<Shift+Enter>", "<Shift+Enter>");
  await expect(ada.dialog.getByText("2 of 3")).toBeVisible();
  await types(ada, "<Escape>");
  await expect(ada.text).toBeFocused();
  await types(ada, "X");
  await has(ada, "tea and Té\n\n- a **X**\n\n`tea`");
});

test("links to a note by its title, and lists the backlink there", async ({ ada }) => {
  const { id } = await ada.has({ title: "Garden plan", content: "beds" });
  await opened(ada, "See");
  await types(ada, " [[garden");
  await expect(ada.page.getByRole("option", { name: "Garden plan" })).toHaveAttribute("aria-selected", "true");
  await types(ada, "<Enter>", "soon");
  await has(ada, `See [Garden plan](/?note=${id}) soon`);
  await ada.text.getByRole("link", { name: "Garden plan" }).click();
  await expect(ada.title).toHaveValue("Garden plan");
  await ada.title.fill("Garden");
  await ada.isSaved();
  await ada.dialog.getByText("Linked from 1 note").click();
  await ada.dialog.getByRole("link", { name: "Draft" }).click();
  await expect(ada.title).toHaveValue("Draft");
  // It has the title of today, here and on the card.
  await expect(ada.text.getByRole("link", { name: "Garden", exact: true })).toBeVisible();
  await ada.closes();
  await expect(ada.card("Draft").getByRole("link", { name: "Garden", exact: true })).toBeVisible();
});

test("prints the complete open note and nothing else", async ({ ada }) => {
  await ada.has({ title: "Other", content: "not this" });
  await opened(ada, Array.from({ length: 120 }, (_, line) => `Line ${line}.`).join("\n\n"));
  await ada.page.emulateMedia({ media: "print" });
  await ada.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const shown = await ada.page.evaluate(() => document.body.innerText);
  expect(shown.match(/Line \d+\./g)).toHaveLength(120);
  expect(shown).toMatch(/^Draft/);
  expect(shown).not.toContain("Other");
  await ada.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await ada.page.emulateMedia({ media: null });
  await expect(ada.text).toBeVisible();
  const pdf = (await ada.page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThan(2);
});

test("keeps text of an input method while the note changes elsewhere", async ({ ada }) => {
  ada.watch.expect(/412/);
  const id = await opened(ada, "- [ ] a\n- [ ] b");
  const devtools = await ada.context.newCDPSession(ada.page);
  await devtools.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await devtools.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await expect(ada.text).toContainText("bにほ");
  // Above what is there, of which a slow page may have saved some already.
  await expect(async () => {
    const { content, version } = await ada.api<Note>("GET", `/notes/${id}`);
    await ada.api("PATCH", `/notes/${id}`, { content: `first\n\n${content}` }, { "if-match": `"${version}"` });
  }).toPass();
  await devtools.send("Input.insertText", { text: "日本" });
  await expect(ada.text).toContainText("b日本");
  await types(ada, "!");
  await has(ada, "first\n\n- [ ] a\n- [ ] b日本!");
  await expect(ada.text).toContainText("first");
});
