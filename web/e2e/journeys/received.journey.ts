// Ways into the page from outside of it: what other programs share, and shortcuts of the installed page.
import type { Page } from "@playwright/test";
import { expect, KEPT, type Person, test } from "../support/journey";
import { everythingIn } from "../support/kept";
import { PASSWORD } from "../support/person";

const NOBODY = /401|409/;

/** Shares as another program does: the browser opens the page with it. */
function shares(page: Page, fields: Record<string, string>, file?: { name: string; text: string }): Promise<void> {
  return page.evaluate(
    ([fields, file]) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = "/share";
      form.enctype = "multipart/form-data";
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement("input");
        input.name = name;
        input.value = value;
        form.append(input);
      }
      if (file) {
        const input = document.createElement("input");
        input.type = "file";
        input.name = "files";
        const data = new DataTransfer();
        data.items.add(new File([file.text], file.name, { type: "text/plain" }));
        input.files = data.files;
        form.append(input);
      }
      document.body.append(form);
      form.submit();
    },
    [fields, file] as const,
  );
}

/** Shares while the page that the browser opens does not get as far as to take it. */
async function waits(page: Page, text: string): Promise<void> {
  await page.evaluate(async (text) => {
    const body = new FormData();
    body.append("title", text);
    body.append("text", `${text} in words`);
    body.append("files", new File([`${text} in a file`], "shared.txt", { type: "text/plain" }));
    await fetch("/share", { method: "POST", body, redirect: "manual" });
  }, text);
  expect(await everythingIn(page)).toContain(`${text} in a file`);
}

/** The service worker knows for whom it keeps what is shared. */
async function receives(person: Person): Promise<void> {
  await person.isKept();
  await person.page.waitForFunction(() => caches.has("account"));
}

async function signsIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Email or username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signsOut({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
}

test("creates a note from shared content", async ({ person }) => {
  const ada = await person("ada", KEPT);
  await ada.goes();
  await receives(ada);
  const fields = { title: "A page", text: "Worth reading", url: "https://example.com/a" };
  await shares(ada.page, fields, { name: "page.txt", text: "text" });
  await expect(ada.title).toHaveValue("A page");
  await expect(ada.dialog.getByRole("link", { name: /page\.txt/ })).toBeVisible();
  const [note] = await ada.notes();
  expect(note).toMatchObject({ title: "A page", content: "Worth reading\n\nhttps://example.com/a" });
  // Once, also when the page is loaded again.
  await ada.page.reload();
  await expect(ada.title).toHaveValue("A page");
  expect(await ada.titles()).toEqual(["A page"]);
});

test("creates a note of each of several shared contents", async ({ person }) => {
  const ada = await person("ada", KEPT);
  await ada.goes();
  await receives(ada);
  await ada.context.setOffline(true);
  ada.watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await waits(ada.page, "The first");
  await waits(ada.page, "The second");
  await ada.context.setOffline(false);
  await ada.page.goto("/?received=1");
  await expect.poll(async () => (await ada.titles()).sort()).toEqual(["The first", "The second"]);
});

test("deletes shared content with the account that signs out", async ({ person }) => {
  const [ann, bob] = [await person("ann", KEPT), await person("bob")];
  ann.watch.expect(NOBODY);
  await ann.goes();
  await receives(ann);
  await waits(ann.page, "Ann's secret");
  await signsOut(ann);
  await expect.poll(() => everythingIn(ann.page)).not.toContain("Ann's secret");
  await ann.page.goto("/?received=1");
  await signsIn(ann.page, bob.name);
  await expect(ann.page.getByText("A clean desk")).toBeVisible();
  await ann.page.waitForFunction(() => caches.has("account"));
  expect(await bob.titles()).toEqual([]);
});

test("keeps shared content from another account that takes the place of the first", async ({ person, again }) => {
  const [ann, bob] = [await person("ann", KEPT), await person("bob")];
  ann.watch.expect(NOBODY);
  await ann.goes();
  await receives(ann);
  await waits(ann.page, "Ann's secret");
  // The session becomes Bob's behind the page's back.
  await ann.api("POST", "/auth/login", { login: bob.name, password: PASSWORD });
  await ann.page.goto("/?received=1");
  await expect(ann.page.getByText("A clean desk")).toBeVisible();
  await expect.poll(() => everythingIn(ann.page)).not.toContain("Ann's secret");
  await expect(ann.page).toHaveURL("/");
  expect(await bob.titles()).toEqual([]);
  // What Bob shares from now on is his.
  await shares(ann.page, { title: "Bob's page", text: "", url: "" });
  await expect(ann.title).toHaveValue("Bob's page");
  await expect.poll(() => bob.titles()).toEqual(["Bob's page"]);
  expect(await (await again(ann)).titles()).toEqual([]);
});

test("shows shared content after the next sign-in of the account whose session was revoked", async ({
  person,
  again,
}) => {
  const [ann, bob] = [await person("ann", KEPT), await person("bob")];
  ann.watch.expect(NOBODY);
  await ann.goes();
  await receives(ann);
  const desk = await again(ann);
  const revoke = async () => {
    const { items } = await desk.api<{ items: { id: string; current: boolean }[] }>("GET", "/sessions");
    for (const { id, current } of items) if (!current) await desk.api("DELETE", `/sessions/${id}`);
  };
  await revoke();
  await shares(ann.page, { title: "For later", text: "Nobody else reads this", url: "" });
  const back = ann.page.getByRole("dialog", { name: "Sign in again" });
  await expect(back).toBeVisible();
  await expect(ann.page.getByText("Nobody else reads this")).toHaveCount(0);
  await back.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await back.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ann.title).toHaveValue("For later");
  await expect.poll(() => desk.titles()).toEqual(["For later"]);

  // Somebody else who signs in instead gets nothing of it.
  await ann.goes();
  await receives(ann);
  await revoke();
  await shares(ann.page, { title: "A second one", text: "Nobody else reads this either", url: "" });
  await expect(back).toBeVisible();
  await back.getByRole("button", { name: "Use another account" }).click();
  await signsIn(ann.page, bob.name);
  await expect(ann.page.getByText("A clean desk")).toBeVisible();
  await expect.poll(() => everythingIn(ann.page)).not.toContain("Nobody else reads");
  expect(await bob.titles()).toEqual([]);
});

test("gives content that is shared while nobody is signed in to whoever signs in then", async ({ person, visitor }) => {
  const bob = await person("bob");
  const phone = await visitor(KEPT);
  phone.watch.expect(NOBODY);
  await phone.page.goto("/");
  await phone.isKept();
  await shares(phone.page, { title: "Before the sign-in", text: "", url: "" });
  await signsIn(phone.page, bob.name);
  await expect(phone.title).toHaveValue("Before the sign-in");
  await expect.poll(() => bob.titles()).toEqual(["Before the sign-in"]);
});

test("opens what each shortcut of the installed page names", async ({ ada }) => {
  await ada.has({ title: "Dentist", reminderAt: "2031-05-04T08:00:00Z" });
  await ada.goes();
  const { shortcuts } = await ada.page.evaluate(async () => {
    while (!document.querySelector("link[rel=manifest]")) await new Promise((done) => requestAnimationFrame(done));
    const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]")!;
    return (await (await fetch(link.href)).json()) as { shortcuts: { name: string; url: string }[] };
  });
  const shown: Record<string, () => Promise<void>> = {
    "Take a note": async () => {
      await expect(ada.title).toHaveValue("");
      await ada.title.fill("From a shortcut");
      await ada.isSaved();
    },
    "New checklist": async () => {
      await expect(ada.dialog.getByRole("checkbox")).toBeVisible();
      await ada.title.fill("A list");
      await ada.isSaved();
    },
    Search: () => expect(ada.search).toBeFocused(),
    Reminders: async () => {
      await expect(ada.page.getByRole("heading", { level: 1, name: "Reminders" })).toBeVisible();
      await expect(ada.card("Dentist")).toBeVisible();
    },
  };
  expect(shortcuts.map(({ name }) => name).sort()).toEqual(Object.keys(shown).sort());
  for (const { name, url } of shortcuts) {
    await test.step(name, async () => {
      await ada.page.goto(url);
      await shown[name]!();
    });
  }
  // One note of each that makes one.
  await expect.poll(async () => (await ada.titles()).sort()).toEqual(["A list", "Dentist", "From a shortcut"]);
  expect((await ada.notes()).find(({ title }) => title === "A list")?.content).toMatch(/^- \[ \]/);
});
