// Every view as a judge sees it: axe in light and dark, and a picture of each.
import { expect, KEPT, test } from "../support/journey";
import type { Person } from "../support/person";
import { isSeemly, isSeemlyIn, isSeemlyOnPhone } from "../support/seen";

// A judge looks at everything on a page, and at twenty pages in some of these.
test.describe.configure({ timeout: 120_000 });

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

test("shows sign-in and registration", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(/401/);
  for (const view of ["login", "register"]) {
    await page.goto(`/${view}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isSeemly(page, view);
  }
});

test("shows views with notes", async ({ person }) => {
  const ada = await person("views");
  const { label } = await stock(ada);
  await ada.goes();
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
    await ada.follows(path);
    if (!["labels", "settings"].includes(name)) await expect(ada.page.getByRole("article").first()).toBeVisible();
    await isSeemly(ada.page, name);
  }
});

test("shows empty views", async ({ ada }) => {
  await ada.goes();
  for (const path of ["/", "/reminders", "/archive", "/trash", "/?q=nothing", "/missing"]) {
    await ada.follows(path);
    await isSeemly(ada.page, `empty-${path.replace(/\W/g, "") || "notes"}`);
  }
});

// The board in every theme is in the journey `seemly`.
test("shows every theme", async ({ person }) => {
  const ada = await person("themes");
  const { note } = await stock(ada);
  await ada.goes();
  for (const [name, path] of [
    ["note", `/?note=${note}`],
    ["settings", "/settings"],
  ] as const) {
    await ada.follows(path);
    if (name === "note") await expect(ada.text).toBeVisible();
    for (const theme of ["sand", "mist", "blush", "mint"]) await isSeemlyIn(ada.page, theme, name);
  }
});

test("shows dialogs and menus over a view", async ({ person }) => {
  const ada = await person("over");
  const { note } = await stock(ada);
  await ada.goes(`/?note=${note}`);
  await expect(ada.text).toBeVisible();
  await isSeemly(ada.page, "note");
  for (const button of ["Colour", "Labels", "Reminder", "More"]) {
    await ada.dialog.getByRole("button", { name: button, exact: true }).click();
    await isSeemly(ada.page, `note-${button.toLowerCase()}`, ":popover-open");
    await ada.page.keyboard.press("Escape");
  }
  await ada.closes();
  await ada.presses("A red note", "Archive");
  await expect(ada.messages).toBeVisible();
  await isSeemly(ada.page, "undo", "[aria-label=Messages]");
  await ada.page.keyboard.press("?");
  await isSeemly(ada.page, "help", "dialog[open]");
  await ada.page.keyboard.press("Escape");
  for (const button of ["Filter", "Theme", "Account"]) {
    await ada.page.getByRole("button", { name: button, exact: true }).click();
    await expect(ada.page.locator(":popover-open button:visible").first()).toBeVisible();
    await isSeemly(ada.page, button.toLowerCase(), ":popover-open");
    await ada.page.keyboard.press("Escape");
  }
  await ada.chooses("A pink note", "Select");
  await ada.card("A teal note").click();
  await isSeemly(ada.page, "selection");
  await ada.follows("/trash");
  await ada.page.getByRole("button", { name: "Empty the trash" }).click();
  await isSeemly(ada.page, "question", "dialog[open]");
});

test("shows the versions of a note", async ({ person, again }) => {
  const ada = await person("ada", KEPT);
  const { id } = await ada.has({ title: "Poem", content: "The first wording\n\n- [ ] of many", color: "teal" });
  for (const content of ["A worse wording", "Another wording"]) {
    await ada.api("PATCH", `/notes/${id}`, { content }, { "if-match": "*" });
  }
  const other = await again(ada);
  ada.watch.expect(/412/, /ERR_INTERNET_DISCONNECTED/);
  await ada.goes(`/?note=${id}`);
  await ada.dialog.getByRole("button", { name: "More" }).click();
  await ada.page.getByRole("menuitem", { name: /versions/i }).click();
  await expect(ada.dialog).toContainText("The first wording");
  await isSeemly(ada.page, "history");
  await ada.dialog.getByRole("button", { name: "Back to the note" }).click();
  await ada.context.setOffline(true);
  await ada.title.fill("Mine");
  await other.api("PATCH", `/notes/${id}`, { title: "Theirs" }, { "if-match": "*" });
  await ada.context.setOffline(false);
  await expect(ada.dialog).toContainText("This note was changed in two places");
  await isSeemly(ada.page, "conflict");
});

// What a proxy or the service says when it cannot answer.
const UNAVAILABLE = {
  status: 503,
  contentType: "application/problem+json",
  headers: { "x-request-id": "0197c1a2-5f7e-7d31-9c53-1f2c3d4e5f60" },
  body: JSON.stringify({
    type: "about:blank",
    title: "Service Unavailable",
    status: 503,
    code: "unavailable",
    requestId: "0197c1a2-5f7e-7d31-9c53-1f2c3d4e5f60",
  }),
};

test("shows error messages", async ({ person, visitor }) => {
  const ada = await person("ada", KEPT);
  const { page } = ada;
  ada.watch.expect(/401|404|503|ERR_INTERNET_DISCONNECTED/);
  await page.route("**/api/notes?*", (route) => route.fulfill(UNAVAILABLE));
  await ada.goes();
  await expect(page.getByRole("alert")).toBeVisible();
  await isSeemly(page, "failed-notes");
  await page.unroute("**/api/notes?*");
  await page.goto("/?note=0197c1a2-5f7e-7d31-9c53-1f2c3d4e5f60");
  await expect(ada.dialog).toContainText("This note cannot be shown");
  await isSeemly(page, "failed-note");
  await ada.has({ title: "Known before", content: "And kept on the device" });
  await ada.goes();
  await expect(ada.card("Known before")).toBeVisible();
  await ada.context.setOffline(true);
  await ada.writes("Written offline", "in a tunnel");
  await expect(page.getByText(/Offline/).first()).toBeVisible();
  await isSeemly(page, "offline");
  await ada.context.setOffline(false);
  await expect(page.getByText(/Offline/)).toHaveCount(0);
  await page.route("**/api/labels", (route) => route.fulfill(UNAVAILABLE));
  await ada.goes("/labels");
  await page.getByLabel("Name of the new label").fill("Never made");
  await page.keyboard.press("Enter");
  await expect(ada.messages.getByRole("alert")).toBeVisible();
  await isSeemly(page, "failed-label");
  await ada.context.clearCookies();
  await page.getByRole("link", { name: "Archive" }).click();
  // What the archive holds may be here already; a search asks the service, unless the view has asked and the dialog is there.
  await ada.search.fill("elsewhere", { timeout: 5_000 }).catch(() => undefined);
  await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await isSeemly(page, "expired");

  const nobody = await visitor();
  nobody.watch.expect(/ERR_FAILED/);
  await nobody.page.route("**/api/auth/account", (route) => route.abort());
  await nobody.page.goto("/");
  await expect(nobody.page.getByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  await isSeemly(nobody.page, "unreached");
});

// As narrow as phones are.
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

test("shows views on a phone", async ({ person, visitor }) => {
  const ada = await person("small", PHONE);
  await ada.goes();
  await isSeemly(ada.page, "phone-empty");
  await stock(ada);
  await ada.goes();
  for (const [name, path] of [
    ["notes", "/"],
    ["reminders", "/reminders"],
    ["trash", "/trash"],
    ["found", "/?q=eggs"],
    ["labels", "/labels"],
    ["settings", "/settings"],
  ] as const) {
    await ada.follows(path);
    if (!["labels", "settings"].includes(name)) await expect(ada.page.getByRole("article").first()).toBeVisible();
    await isSeemlyOnPhone(ada.page, `phone-${name}`);
  }
  await ada.page.getByRole("region", { name: "Access tokens" }).scrollIntoViewIfNeeded();
  await isSeemly(ada.page, "phone-settings-end");
  const { page, watch } = await visitor(PHONE);
  watch.expect(/401/);
  await page.goto("/register");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await isSeemly(page, "phone-register");
});

test("shows dialogs and menus over a view on a phone", async ({ person, again }) => {
  const ada = await person("smallover", { ...PHONE, ...KEPT });
  const { note } = await stock(ada);
  await ada.goes();
  await expect(ada.page.getByRole("article").first()).toBeVisible();
  await ada.holds(ada.card("Crème brûlée"));
  await isSeemly(ada.page, "phone-selection");
  await ada.page.getByRole("button", { name: "End the selection" }).tap();
  await ada.page.getByRole("button", { name: "Views and labels" }).tap();
  await isSeemly(ada.page, "phone-drawer");
  await ada.follows("/archive");
  await ada.follows("/");
  await ada.page.getByRole("button", { name: "Filter" }).tap();
  await isSeemly(ada.page, "phone-filter");
  await ada.goes(`/?note=${note}`);
  await expect(ada.text).toBeVisible();
  await isSeemly(ada.page, "phone-note");
  for (const button of ["Labels", "Reminder", "More"]) {
    await ada.dialog.getByRole("button", { name: button, exact: true }).tap();
    await isSeemlyOnPhone(ada.page, `phone-note-${button.toLowerCase()}`);
    await ada.page.keyboard.press("Escape");
  }
  await ada.api("PATCH", `/notes/${note}`, { content: "Another wording" }, { "if-match": "*" });
  await ada.dialog.getByRole("button", { name: "More", exact: true }).tap();
  await ada.page.getByRole("menuitem", { name: /versions/i }).tap();
  await expect(ada.dialog).toContainText("Burn the sugar.");
  await isSeemlyOnPhone(ada.page, "phone-history");
  await ada.dialog.getByRole("button", { name: "Back to the note" }).tap();
  const other = await again(ada);
  ada.watch.expect(/412/, /ERR_INTERNET_DISCONNECTED/);
  await ada.context.setOffline(true);
  await ada.title.fill("Mine");
  await other.api("PATCH", `/notes/${note}`, { title: "Theirs" }, { "if-match": "*" });
  await ada.context.setOffline(false);
  await expect(ada.dialog).toContainText("This note was changed in two places");
  await isSeemlyOnPhone(ada.page, "phone-conflict");
  await ada.dialog.getByRole("button", { name: "Keep theirs" }).tap();
  await ada.dialog.getByRole("button", { name: "More", exact: true }).tap();
  await ada.page.getByRole("menuitem", { name: "Archive" }).tap();
  await expect(ada.messages).toBeVisible();
  await isSeemlyOnPhone(ada.page, "phone-undo");
  await ada.follows("/trash");
  await ada.page.getByRole("button", { name: "Empty the trash" }).tap();
  await isSeemlyOnPhone(ada.page, "phone-question");
});
