// Several pages of one browser: one account at a time, one queue, and nobody's words lost.
import type { Page } from "@playwright/test";
import { expect, KEPT, type Person, test } from "../support/journey";
import { everythingIn } from "../support/kept";
import { PASSWORD } from "../support/person";
import { isSeemly } from "../support/seen";

const NOBODY = /401|409/;
const GONE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

async function opensTab(person: Person, path: string): Promise<Page> {
  const page = await person.context.newPage();
  await page.goto(path);
  return page;
}

test("signs out in every tab, and writes nothing afterwards", async ({ person }) => {
  const ann = await person("ann");
  ann.watch.expect(NOBODY);
  const { id } = await ann.has({ title: "Ann's diary", content: "Nobody else reads this" });
  await ann.goes();
  const second = await opensTab(ann, `/?note=${id}`);
  await expect(second.getByRole("textbox", { name: "Title" })).toHaveValue("Ann's diary");

  await ann.page.getByRole("button", { name: "Account" }).click();
  await ann.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(ann.page).toHaveURL(/\/login$/);
  await expect(second.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await isSeemly(second, "signed-out-elsewhere");

  const bob = `bob-${test.info().workerIndex}-${Date.now()}`;
  await ann.api("POST", "/auth/register", { email: `${bob}@example.com`, username: bob, password: PASSWORD });
  await ann.page.goto("/");
  await expect(ann.page.getByText("A clean desk")).toBeVisible();
  // Nothing of Ann's is left to be typed into, and nothing of it is kept.
  await expect(second.getByRole("textbox")).toHaveCount(0);
  for (const page of [ann.page, second]) {
    const everything = await everythingIn(page);
    expect(everything).not.toContain("diary");
    expect(everything).not.toContain("Nobody else");
    expect(everything).not.toContain(id);
  }
  await second.getByRole("button", { name: `Continue as ${bob}` }).click();
  await expect(second.getByText("A clean desk")).toBeVisible();
  await second.goBack();
  await expect(second.getByText("diary")).toHaveCount(0);
  expect(await ann.titles()).toEqual([]);
});

test("separates two accounts that sign in one after the other", async ({ person, again }) => {
  const [ann, bob] = [await person("ann"), await person("bob")];
  // Whatever is asked for meanwhile is refused.
  ann.watch.expect(NOBODY, /404|410/);
  const { id } = await ann.has({ title: "Ann's plan", content: "First" });
  await ann.goes();
  const second = await opensTab(ann, `/?note=${id}`);
  await expect(second.getByRole("textbox", { name: "Text" })).toContainText("First");
  // The session becomes Bob's behind the pages' backs, as an answer of another tab does it.
  await ann.api("POST", "/auth/login", { login: bob.name, password: PASSWORD });
  await ann.page.reload();
  await expect(ann.page.getByText("A clean desk")).toBeVisible();
  await expect(second.getByText(`signed in as ${bob.name}`)).toBeVisible();
  await expect(second.getByRole("textbox")).toHaveCount(0);
  expect(await bob.titles()).toEqual([]);
  const other = await again(ann);
  expect((await other.notes()).map(({ content }) => content)).toEqual(["First"]);
});

test("reads the notes of whoever is signed in, when those of another account were asked for first", async ({
  person,
}) => {
  const [ann, bob] = [await person("ann"), await person("bob")];
  ann.watch.expect(NOBODY);
  const { page } = ann;
  await ann.goes();
  await expect(page.getByText("A clean desk")).toBeVisible();
  // Nothing that is still open hears of it.
  await page.goto("/icon.svg");
  await ann.api("POST", "/auth/login", { login: bob.name, password: PASSWORD });
  // Who is signed in is known after Ann's archive was asked for, and before anything of hers is refused.
  let ask!: () => void;
  const asked = new Promise<void>((done) => (ask = done));
  // Looked up once: a lookup of a late request would still be under way when the page is closed.
  let known: Promise<unknown> | undefined;
  await page.route("**/api/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/api/notes") ask();
    if (pathname === "/api/auth/account") await asked;
    else await (known ??= page.waitForFunction((name) => localStorage.getItem("account")?.includes(name), bob.name));
    await route.continue();
  });
  await page.goto("/archive");
  await expect(page.getByText("The archive is empty")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.unrouteAll({ behavior: "wait" });
});

test("hides notes of an ended session, and sends its changes after the next sign-in", async ({ person, again }) => {
  const ada = await person("ada", KEPT);
  ada.watch.expect(NOBODY, GONE);
  const { id } = await ada.has({ title: "Half a poem", content: "The first line" });
  await ada.has({ title: "Another secret" });
  await ada.goes(`/?note=${id}`);
  await expect(ada.text).toContainText("The first line");
  const second = await opensTab(ada, "/");
  await expect(second.getByRole("article", { name: "Another secret" })).toBeVisible();
  // What cannot be sent waits.
  await ada.context.setOffline(true);
  await ada.title.fill("Half a poem, and more");
  await ada.page.keyboard.press("Tab");
  const desk = await again(ada);
  const sessions = await desk.api<{ items: { id: string; current: boolean }[] }>("GET", "/sessions");
  for (const { id, current } of sessions.items) if (!current) await desk.api("DELETE", `/sessions/${id}`);
  await ada.context.setOffline(false);
  for (const page of [ada.page, second]) {
    await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    await expect(page.getByText(/Another secret|The first line/)).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    expect(await everythingIn(page)).not.toContain("Another secret");
  }
  expect((await desk.titles()).sort()).toEqual(["Another secret", "Half a poem"]);
  const back = second.getByRole("dialog", { name: "Sign in again" });
  await back.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await back.getByRole("button", { name: "Sign in", exact: true }).click();
  // Who comes back in one tab is back in all.
  await expect(second.getByRole("article", { name: "Another secret" })).toBeVisible();
  await expect(ada.title).toHaveValue("Half a poem, and more");
  await expect.poll(() => desk.titles()).toContain("Half a poem, and more");
});

test("merges changes of two tabs in different paragraphs without a conflict", async ({ ada }) => {
  ada.watch.expect(/412/);
  const { id } = await ada.has({
    title: "Plan",
    content: "First paragraph\n\nSecond paragraph\n\n- an item\n- another",
  });
  await ada.goes(`/?note=${id}`);
  const second = await opensTab(ada, `/?note=${id}`);
  const [one, two] = [ada.text, second.getByRole("textbox", { name: "Text" })];
  await one.getByText("First paragraph").click();
  await ada.page.keyboard.press("End");
  await two.getByText("another").click();
  await second.keyboard.press("End");
  for (const word of [" with", " words", " of", " mine"]) {
    await ada.page.keyboard.type(word);
    await second.keyboard.type(word.toUpperCase());
  }
  for (const text of [one, two]) {
    await expect(text).toContainText("First paragraph with words of mine");
    await expect(text).toContainText("another WITH WORDS OF MINE");
  }
  await expect
    .poll(async () => (await ada.notes())[0]?.content)
    .toBe("First paragraph with words of mine\n\nSecond paragraph\n\n- an item\n- another WITH WORDS OF MINE");
  for (const page of [ada.page, second]) await expect(page.getByText("changed in two places")).toHaveCount(0);
});

test("keeps a word of an input method while another tab writes into the same note", async ({ ada }) => {
  ada.watch.expect(/412/);
  const { id } = await ada.has({ title: "Draft", content: "First\n\nSecond" });
  await ada.goes(`/?note=${id}`);
  const second = await opensTab(ada, `/?note=${id}`);
  const [one, two] = [ada.text, second.getByRole("textbox", { name: "Text" })];
  await one.getByText("First").click();
  await ada.page.keyboard.press("End");
  const devtools = await ada.context.newCDPSession(ada.page);
  const compose = (text: string) =>
    devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("に");
  await compose("にほ");
  await expect(one).toContainText("Firstにほ");
  await two.getByText("Second").click();
  await second.keyboard.press("End");
  await second.keyboard.type(" from the other tab");
  await expect
    .poll(async () => (await ada.notes())[0]?.content, { timeout: 15_000 })
    .toContain("Second from the other tab");
  // The word is still being composed, and goes on.
  await compose("にほん");
  await expect(one).toContainText("Firstにほん");
  await devtools.send("Input.insertText", { text: "日本" });
  for (const text of [one, two]) {
    await expect(text).toContainText("First日本");
    await expect(text).toContainText("Second from the other tab");
  }
  await ada.page.keyboard.type("!");
  await expect
    .poll(async () => (await ada.notes())[0]?.content, { timeout: 15_000 })
    .toBe("First日本!\n\nSecond from the other tab");
});

test("continues sending in another tab when the leader is closed", async ({ person }) => {
  const ada = await person("ada", KEPT);
  ada.watch.expect(GONE);
  await ada.goes();
  const second = await opensTab(ada, "/");
  await expect(second.getByText("A clean desk")).toBeVisible();
  await ada.isKept();
  await ada.context.setOffline(true);
  await ada.writes("Written in the first tab");
  // Every tab sees what is not sent yet.
  await expect(second.getByRole("article", { name: "Written in the first tab" })).toBeVisible();
  await ada.page.close();
  await ada.context.setOffline(false);
  await expect.poll(() => ada.titles()).toEqual(["Written in the first tab"]);
  await ada.has({ title: "From another device" });
  await expect(second.getByRole("article", { name: "From another device" })).toBeVisible();
});

test("shows views, labels and search results offline, and names the searched notes", async ({ person }) => {
  const ada = await person("ada", KEPT);
  ada.watch.expect(GONE);
  const { id: label } = await ada.label("Kitchen");
  await ada.has({ title: "Crème brûlée", content: "Burn the sugar", labelIds: [label] });
  await ada.has({ title: "Dentist", reminderAt: new Date(Date.now() + 86_400_000).toISOString() });
  const { id } = await ada.has({ title: "Old receipts", content: "for the sugar" });
  await ada.api("POST", `/notes/${id}/archive`);
  const archive = ada.page.waitForResponse((answer) => answer.url().includes("place=trash"));
  await ada.goes();
  await ada.isKept();
  // All notes are read once the page rests; the trash is the last.
  await (await archive).finished();
  await ada.context.setOffline(true);
  for (const [view, title] of [
    ["Archive", "Old receipts"],
    ["Reminders", "Dentist"],
    ["Kitchen", "Crème brûlée"],
  ] as const) {
    await ada.page.getByRole("link", { name: view, exact: true }).click();
    await expect(ada.card(title)).toBeVisible();
    await expect(ada.page.getByRole("article")).toHaveCount(1);
  }
  await ada.page.getByRole("link", { name: "Trash", exact: true }).click();
  await expect(ada.page.getByText("The trash is empty")).toBeVisible();
  await ada.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await ada.search.fill("creme sug");
  await expect(ada.card("Crème brûlée")).toBeVisible();
  await expect(ada.page.getByRole("article")).toHaveCount(1);
  await expect(ada.page.getByText("Only the 3 notes on this device are searched.")).toBeVisible();
  await ada.search.fill("sugar");
  await expect(ada.page.getByRole("article")).toHaveCount(2);
});
