// Every view as a judge sees it: axe in light and dark, and a picture of each.
import { expect, test } from "../support/journey";
import type { Person } from "../support/person";
import { isSeemly } from "../support/seen";

async function stock(person: Person): Promise<{ label: string; note: string }> {
  const work = await person.label("Work", "red");
  const recipes = await person.label("Recipes", "green");
  const ideas = await person.label("Ideas", "purple");
  const colors = ["white", "yellow", "green", "blue", "pink", "orange", "teal", "purple", "red"];
  for (const [at, color] of colors.entries()) {
    await person.has({
      title: `A ${color} note`,
      content: [
        "Some **bold**, _slanted_ and ~~old~~ words.",
        "- [ ] eggs\n- [x] cream\n  - [ ] the good one",
        "> Quoted\n\n`code`",
      ][at % 3]!,
      color,
      labelIds: [[work.id], [recipes.id, ideas.id], []][at % 3]!,
    });
  }
  const note = await person.has({
    title: "Crème brûlée",
    content: "Burn the sugar.\n\n1. Cream\n2. Eggs\n\n- [x] vanilla\n- [ ] sugar",
    pinned: true,
    labelIds: [recipes.id],
    reminderAt: "2031-05-04T08:00:00Z",
  });
  await person.has({ title: "Overdue", reminderAt: "2025-01-02T08:00:00Z" });
  for (const [title, path] of [
    ["Kept away", "archive"],
    ["Thrown away", undefined],
  ] as const) {
    const { id } = await person.has({ title, content: "Once of use." });
    if (path) await person.api("POST", `/notes/${id}/${path}`, undefined, { "if-match": "*" });
    else await person.api("DELETE", `/notes/${id}`, undefined, { "if-match": "*" });
  }
  return { label: recipes.id, note: note.id };
}

test("signing in and registering", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(/401/);
  for (const view of ["login", "register"]) {
    await page.goto(`/${view}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isSeemly(page, view);
  }
});

test("views with notes in them", async ({ person }) => {
  const ada = await person("views");
  const { label } = await stock(ada);
  for (const [name, path] of [
    ["notes", "/"],
    ["reminders", "/reminders"],
    ["archive", "/archive"],
    ["trash", "/trash"],
    ["label", `/label/${label}`],
    ["found", "/?q=eggs"],
    ["labels", "/labels"],
    ["settings", "/settings"],
  ] as const) {
    await ada.goes(path);
    if (!["labels", "settings"].includes(name)) await expect(ada.page.getByRole("article").first()).toBeVisible();
    await isSeemly(ada.page, name);
  }
});

test("views without", async ({ ada }) => {
  for (const path of ["/", "/reminders", "/archive", "/trash", "/?q=nothing", "/missing"]) {
    await ada.goes(path);
    await isSeemly(ada.page, `empty-${path.replace(/\W/g, "") || "notes"}`);
  }
});

test("what lies over a view", async ({ person }) => {
  const ada = await person("over");
  const { note } = await stock(ada);
  await ada.goes(`/?note=${note}`);
  await expect(ada.text).toBeVisible();
  await isSeemly(ada.page, "note");
  for (const button of ["Colour", "Labels", "Reminder", "More"]) {
    await ada.dialog.getByRole("button", { name: button, exact: true }).click();
    await isSeemly(ada.page, `note-${button.toLowerCase()}`);
    await ada.page.keyboard.press("Escape");
  }
  await ada.closes();
  await ada.presses("A red note", "Archive");
  await expect(ada.messages).toBeVisible();
  await isSeemly(ada.page, "undo");
  await ada.page.keyboard.press("?");
  await isSeemly(ada.page, "help");
  await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("button", { name: "Filter" }).click();
  await isSeemly(ada.page, "filter");
});

test("on a phone", async ({ person }) => {
  const ada = await person("small", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const { note } = await stock(ada);
  await ada.goes();
  await expect(ada.page.getByRole("article").first()).toBeVisible();
  await isSeemly(ada.page, "phone-notes");
  await ada.page.getByRole("button", { name: "Views and labels" }).click();
  await isSeemly(ada.page, "phone-drawer");
  await ada.goes(`/?note=${note}`);
  await expect(ada.text).toBeVisible();
  await isSeemly(ada.page, "phone-note");
});
