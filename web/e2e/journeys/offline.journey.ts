// Without a connection: what is written is kept, and sent when there is one again.
import { expect, test } from "../support/journey";

test.use({ serviceWorkers: "allow" });

const GONE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

test("sends notes that were written offline after reconnecting", async ({ ada }) => {
  ada.watch.expect(GONE);
  await ada.has({ title: "Known before" });
  await ada.goes();
  await expect(ada.card("Known before")).toBeVisible();
  await ada.isKept();
  await ada.context.setOffline(true);
  await ada.writes("Written offline", "in a tunnel");
  await ada.presses("Known before", "Archive");
  await expect(ada.card("Written offline")).toBeVisible();
  await expect(ada.page.getByText(/Offline/).first()).toBeVisible();
  expect(await ada.card("Known before").count()).toBe(0);
  await ada.context.setOffline(false);
  await expect.poll(() => ada.titles()).toEqual(["Written offline"]);
  await expect.poll(() => ada.titles("archived")).toEqual(["Known before"]);
  await expect(ada.page.getByText(/Offline/)).toHaveCount(0);
});

test("keeps unsent changes when the page is closed", async ({ ada }) => {
  ada.watch.expect(GONE);
  await ada.goes();
  await ada.isKept();
  await ada.context.setOffline(true);
  await ada.writes("Not sent yet");
  await expect(ada.card("Not sent yet")).toBeVisible();
  await ada.page.close();
  await ada.context.setOffline(false);
  const page = await ada.context.newPage();
  await page.goto("/");
  await expect(page.getByRole("article", { name: "Not sent yet" })).toBeVisible();
  await expect.poll(() => ada.titles()).toEqual(["Not sent yet"]);
});

test("opens offline with the stored notes", async ({ ada }) => {
  ada.watch.expect(GONE);
  await ada.has({ title: "Kept on the device", content: "- [ ] an item" });
  await ada.goes();
  await expect(ada.card("Kept on the device")).toBeVisible();
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // What was read is kept soon after it is shown.
  await ada.page.waitForFunction(async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name?.startsWith("notes:"))!;
    const request = indexedDB.open(name!);
    await new Promise((resolve) => (request.onsuccess = resolve));
    const count = request.result.transaction("notes").objectStore("notes").count();
    await new Promise((resolve) => (count.onsuccess = resolve));
    request.result.close();
    return count.result > 0;
  });
  await ada.page.reload();
  await ada.context.setOffline(true);
  await ada.page.reload();
  await expect(ada.card("Kept on the device")).toBeVisible();
  await ada.opens("Kept on the device");
  await expect(ada.title).toHaveValue("Kept on the device");
});

test("shows an empty result offline when no service worker is available", async ({ person }) => {
  const ada = await person("kept", { serviceWorkers: "block" });
  ada.watch.expect(GONE, /service worker/i);
  await ada.has({ title: "The only one" });
  // What comes once the page rests, and is used below.
  const parts = [/\/Empty-[^/]*\.js$/, /\/FilterPanel-[^/]*\.js$/, /\/Floating-[^/]*\.js$/];
  const loaded = parts.map((part) => ada.page.waitForResponse(part));
  await ada.goes();
  await expect(ada.card("The only one")).toBeVisible();
  // With the files that these import in turn.
  const files = await Promise.all(loaded.map(async (part) => (await part).url()));
  await ada.page.evaluate((files) => Promise.all(files.map((file) => import(file))), files);
  await ada.context.setOffline(true);
  await ada.page.getByRole("button", { name: "Filter" }).click();
  await ada.page.getByRole("checkbox", { name: "teal" }).click();
  await expect(ada.page.getByRole("heading", { name: "No note matches" })).toBeVisible();
  await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("link", { name: "Show all" }).click();
  await expect(ada.card("The only one")).toBeVisible();
});

test("reports a part that cannot be loaded, and returns to the board", async ({ person }) => {
  const ada = await person("cut", { serviceWorkers: "block" });
  ada.watch.expect(GONE, /service worker/i);
  await ada.page.route(/NoteDialog-[^/]*\.js$/, (route) => route.abort());
  await ada.has({ title: "Out of reach" });
  await ada.goes();
  await ada.opens("Out of reach");
  await expect(ada.page.getByRole("heading", { name: "This part could not be loaded" })).toBeVisible();
  await ada.page.goBack();
  await expect(ada.card("Out of reach")).toBeVisible();
  await expect(ada.page.getByRole("heading", { name: "This part could not be loaded" })).toHaveCount(0);
});

test("reports a menu that cannot be loaded, and shows it after a reload", async ({ person }) => {
  const ada = await person("menu", { serviceWorkers: "block" });
  ada.watch.expect(GONE, /service worker/i);
  await ada.page.route(/\/(AccountMenu|Attachments)-[^/]*\.js$/, (route) => route.abort());
  await ada.has({ title: "Without its files" });
  await ada.goes();
  await ada.opens("Without its files");
  await ada.closes();
  const account = ada.page.getByRole("button", { name: "Account" });
  await account.click();
  await expect(ada.messages).toContainText("A part of the page could not be loaded.");
  await ada.page.unroute(/\/(AccountMenu|Attachments)-[^/]*\.js$/);
  await ada.messages.getByRole("button", { name: "Load again" }).click();
  await account.click();
  await expect(ada.page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
});
