// Taking notes, and what is done with them on the board.
import { expect, test } from "../support/journey";

test("saves a new note automatically and shows it after a reload", async ({ ada }) => {
  await ada.goes();
  await ada.page.getByRole("link", { name: "Take a note" }).first().click();
  await expect(ada.title).toBeFocused();
  await ada.page.keyboard.type("Crème brûlée");
  await ada.page.keyboard.press("Enter");
  await ada.page.keyboard.type("Burn the sugar");
  await ada.isSaved();
  await expect(ada.page).toHaveURL(/note=[0-9a-f-]{36}/);
  await ada.page.reload();
  await expect(ada.title).toHaveValue("Crème brûlée");
  await expect(ada.text).toContainText("Burn the sugar");
  await ada.closes();
  await expect(ada.card("Crème brûlée")).toContainText("Burn the sugar");
  expect((await ada.notes()).map(({ title, content }) => [title, content.trim()])).toEqual([
    ["Crème brûlée", "Burn the sugar"],
  ]);
});

test("saves a note with only a title or only text, and no empty note", async ({ ada }) => {
  await ada.goes();
  await ada.writes("Only a title");
  await expect(ada.card("Only a title")).toBeVisible();
  await ada.page.keyboard.press("n");
  await ada.text.click();
  await ada.page.keyboard.type("Only text");
  await ada.closes();
  await expect(ada.card("Untitled note")).toContainText("Only text");
  await ada.page.keyboard.press("n");
  await ada.closes();
  await expect(ada.page.getByRole("article")).toHaveCount(2);
  await expect.poll(() => ada.titles()).toEqual(["", "Only a title"]);
});

test("pins, colours and labels a note while it is written", async ({ ada }) => {
  await ada.label("Kitchen");
  await ada.goes();
  await ada.page.keyboard.press("n");
  await ada.title.fill("Soup");
  await ada.dialog.getByRole("button", { name: "Pin", exact: true }).click();
  await ada.dialog.getByRole("button", { name: "Colour" }).click();
  await ada.page.getByRole("radio", { name: "orange" }).click();
  await ada.page.keyboard.press("Escape");
  await ada.dialog.getByRole("button", { name: "Labels" }).click();
  await ada.page.getByRole("checkbox", { name: "Kitchen" }).click();
  await ada.page.keyboard.press("Escape");
  await ada.isSaved();
  await ada.closes();
  await expect(ada.page.getByRole("list", { name: "Pinned" }).getByRole("article", { name: "Soup" })).toBeVisible();
  const [soup] = await ada.notes();
  expect(soup).toMatchObject({ title: "Soup", pinned: true, color: "orange" });
  expect(soup?.labelIds).toHaveLength(1);
});

test("keeps the text when a note is closed by a click outside or by Escape", async ({ ada }) => {
  await ada.has({ title: "First" });
  await ada.has({ title: "Second" });
  await ada.goes();
  await ada.opens("First");
  await ada.title.fill("First, changed");
  await ada.page.mouse.click(5, 400);
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await ada.opens("Second");
  await ada.title.fill("Second, changed");
  await ada.page.keyboard.press("Escape");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => ada.titles()).toEqual(["Second, changed", "First, changed"]);
});

test("undoes archiving and deleting, and links to the archive and the trash", async ({ ada }) => {
  await ada.has({ title: "To the archive" });
  await ada.has({ title: "To the trash", pinned: true });
  await ada.goes();
  await ada.presses("To the archive", "Archive");
  await expect(ada.card("To the archive")).toHaveCount(0);
  await expect(ada.messages).toContainText("archived");
  await ada.messages.getByRole("button", { name: "Undo" }).click();
  await expect(ada.card("To the archive")).toBeVisible();

  await ada.chooses("To the trash", /trash/);
  await expect(ada.card("To the trash")).toHaveCount(0);
  await ada.messages.getByRole("button", { name: "Undo" }).click();
  await expect(ada.card("To the trash")).toBeVisible();
  // It is pinned as it was.
  await expect.poll(() => ada.cards("Pinned")).toEqual(["To the trash"]);

  await ada.presses("To the archive", "Archive");
  await ada.page.getByRole("link", { name: "Archive", exact: true }).click();
  await expect(ada.card("To the archive")).toBeVisible();
  // From the archive to the trash: it is in the trash, and comes back.
  await ada.chooses("To the archive", /trash/);
  await ada.page.getByRole("link", { name: "Trash", exact: true }).click();
  await ada.presses("To the archive", "Restore");
  await expect(ada.card("To the archive")).toHaveCount(0);
  await expect
    .poll(async () => [...(await ada.titles()), ...(await ada.titles("archived"))].sort())
    .toEqual(["To the archive", "To the trash"]);
});

test("asks for confirmation before it deletes notes permanently", async ({ ada }) => {
  for (const title of ["One", "Two", "Three"]) {
    const { id } = await ada.has({ title });
    await ada.api("DELETE", `/notes/${id}`, undefined, { "if-match": "*" });
  }
  await ada.goes("/trash");
  await ada.presses("One", "Delete for good");
  await expect(ada.dialog).toContainText("It cannot be restored afterwards.");
  await expect(ada.dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await ada.page.keyboard.press("Enter");
  await expect(ada.card("One")).toBeVisible();
  await ada.presses("One", "Delete for good");
  await ada.dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(ada.card("One")).toHaveCount(0);
  await ada.opens("Two");
  // What is in the trash is read, not written.
  await expect(ada.dialog.getByRole("textbox")).toHaveCount(0);
  await ada.closes();
  await ada.page.getByRole("button", { name: "Empty the trash" }).click();
  await ada.dialog.getByRole("button", { name: "Empty the trash" }).click();
  await expect(ada.page.getByText("The trash is empty")).toBeVisible();
  await expect.poll(() => ada.titles("trash")).toEqual([]);
});

test("checks an item on the card and changes nothing else in the note", async ({ ada }) => {
  const content = "Buy *today*:\n\n- [ ] eggs\n- [x] cream\n  - [ ] the good one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
  await ada.has({ title: "Shopping", content });
  await ada.goes();
  const card = ada.card("Shopping");
  await expect(card.getByRole("checkbox")).toHaveCount(3);
  await card.getByRole("checkbox", { name: "eggs" }).click();
  await expect(card.getByRole("checkbox", { name: "eggs" })).toBeChecked();
  await expect.poll(async () => (await ada.notes())[0]?.content).toBe(content.replace("[ ] eggs", "[x] eggs"));
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await ada.page.reload();
  await expect(card.getByRole("checkbox", { name: "eggs" })).toBeChecked();
  await expect(card.getByRole("checkbox", { name: "the good one" })).not.toBeChecked();
});

test("counts the checked items of a note on its card", async ({ ada }) => {
  const { id } = await ada.has({
    title: "Trip",
    content: "- [x] tickets\n- [ ] tent\n  - [ ] pegs\n\n```\n- [x] no item\n```",
  });
  await ada.has({ title: "Words", content: "No [ ] item here." });
  await ada.goes();
  const card = ada.card("Trip");
  const bar = card.getByRole("progressbar", { name: "Items done" });
  await expect(card).toContainText("1 of 3");
  await expect(bar).toHaveJSProperty("value", 1);
  await expect(bar).toHaveJSProperty("max", 3);
  await expect(ada.card("Words").getByRole("progressbar")).toHaveCount(0);
  await card.getByRole("checkbox", { name: "tent" }).check();
  await expect(card).toContainText("2 of 3");
  await expect(bar).toHaveJSProperty("value", 2);
  // Items that another browser adds count, too, and a note without any shows nothing.
  await ada.api("PATCH", `/notes/${id}`, { content: "- [x] tickets" }, { "if-match": "*" });
  await expect(card).toContainText("1 of 1");
  await ada.api("PATCH", `/notes/${id}`, { content: "Home again" }, { "if-match": "*" });
  await expect(card).toContainText("Home again");
  await expect(bar).toHaveCount(0);
});

test("changes several selected notes together", async ({ ada }) => {
  for (const title of ["One", "Two", "Three"]) await ada.has({ title });
  await ada.goes();
  const bar = ada.page.getByRole("toolbar", { name: "Selected notes" });
  // Keys work as soon as their part is loaded, a moment after the cards are there.
  await expect(async () => {
    await ada.card("One").getByRole("link").focus();
    await ada.page.keyboard.press("x");
    await expect(bar).toContainText("1 selected", { timeout: 2_000 });
  }).toPass();
  await ada.card("Two").click();
  await expect(bar).toContainText("2 selected");
  await ada.page.getByRole("toolbar").getByRole("button", { name: "Archive" }).click();
  await expect(ada.messages).toContainText("2 notes archived");
  await expect.poll(() => ada.cards()).toEqual(["Three"]);
  await ada.messages.getByRole("button", { name: "Undo" }).click();
  await expect(ada.page.getByRole("article")).toHaveCount(3);
});

test("colours, labels and permanently deletes the selected notes", async ({ ada }) => {
  const { id } = await ada.label("Work");
  for (const title of ["One", "Two", "Three"]) await ada.has({ title });
  await ada.goes();
  const bar = ada.page.getByRole("toolbar", { name: "Selected notes" });
  await ada.chooses("One", "Select");
  await ada.card("Three").click();
  await bar.getByRole("button", { name: "Colour" }).click();
  await ada.page.getByRole("radio", { name: "teal" }).click();
  await bar.getByRole("button", { name: "Labels" }).click();
  await ada.page.getByRole("checkbox", { name: "Work" }).click();
  await ada.page.keyboard.press("Escape");
  await expect
    .poll(async () => (await ada.notes()).map(({ title, color, labelIds }) => [title, color, ...labelIds]))
    .toEqual([
      ["Three", "teal", id],
      ["Two", "white"],
      ["One", "teal", id],
    ]);
  // The selection stays until it is ended.
  await bar.getByRole("button", { name: "Move to trash" }).click();
  await expect(bar).toHaveCount(0);
  await ada.page.getByRole("link", { name: "Trash" }).click();
  await ada.card("One").getByRole("link").focus();
  await ada.page.keyboard.press("x");
  await ada.card("Three").click();
  await bar.getByRole("button", { name: "Delete for good" }).click();
  await expect(ada.dialog).toContainText("Delete 2 notes for good?");
  await ada.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: "Delete for good" }).click();
  await ada.dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(bar).toHaveCount(0);
  await expect.poll(() => ada.titles("trash")).toEqual([]);
  expect(await ada.titles()).toEqual(["Two"]);
});

test("restores an earlier version of a note", async ({ ada }) => {
  const { id } = await ada.has({ title: "Poem", content: "The first wording" });
  await ada.api("PATCH", `/notes/${id}`, { content: "A worse wording" }, { "if-match": "*" });
  await ada.goes(`/?note=${id}`);
  await ada.dialog.getByRole("button", { name: "More" }).click();
  await ada.page.getByRole("menuitem", { name: /versions/i }).click();
  await expect(ada.dialog).toContainText("The first wording");
  await ada.dialog.getByRole("button", { name: "Restore this version" }).click();
  await expect(ada.text).toContainText("The first wording");
  await expect.poll(async () => (await ada.notes())[0]?.content).toBe("The first wording");
});
