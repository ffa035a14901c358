// Browsers that lack something, requests of an account that is not there any more, and what earlier versions of the page left.
import { expect, KEPT, test } from "../support/journey";
import { PASSWORD } from "../support/person";

const NOBODY = /401|409/;
/** Pages that do not know of each other send the same change: the second one finds it done. */
const DONE = /412/;
const GONE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

const LACKS = {
  "Web Locks": () => void Reflect.deleteProperty(Navigator.prototype, "locks"),
  BroadcastChannel: () => void Reflect.deleteProperty(globalThis, "BroadcastChannel"),
  IndexedDB: () => void Reflect.deleteProperty(globalThis, "indexedDB"),
};

for (const [name, remove] of Object.entries(LACKS)) {
  test(`keeps all changes in a browser without ${name}, and reports the limitation`, async ({ person }) => {
    const ada = await person("ada", KEPT);
    ada.watch.expect(NOBODY, GONE, DONE);
    await ada.context.addInitScript(remove);
    await ada.has({ title: "Tea", content: "Green" });
    await ada.goes();
    const missing = ada.messages.getByText("This browser keeps no notes on this device");
    await expect(missing).toHaveCount(name === "IndexedDB" ? 1 : 0);
    await ada.opens("Tea");
    await ada.title.fill("Green tea");
    await ada.closes();
    await ada.page.reload();
    await expect(ada.card("Green tea")).toBeVisible();

    const second = await ada.context.newPage();
    await second.goto("/");
    await second.getByRole("link", { name: "Open Green tea", exact: true }).click();
    await second.getByRole("dialog").getByRole("textbox", { name: "Title" }).fill("Black tea");
    await expect(ada.card("Black tea")).toBeVisible();
    await expect.poll(() => ada.titles()).toEqual(["Black tea"]);

    // What was not sent is sent by another page, once the one that made it is closed.
    await ada.context.setOffline(true);
    await second.getByRole("dialog").getByRole("textbox", { name: "Title" }).fill("Oolong");
    await expect(second.getByText("Kept on this device, sent later")).toBeVisible();
    await second.close();
    await ada.context.setOffline(false);
    await ada.page.reload();
    await expect(ada.card("Oolong")).toBeVisible();
    await expect.poll(() => ada.titles()).toEqual(["Oolong"]);
  });
}

test("refuses a request of another account, and sends it after that account signs in", async ({ person }) => {
  const [ann, bob] = [await person("ann"), await person("bob")];
  ann.watch.expect(NOBODY);
  const { id } = await ann.has({ title: "Ann's plan", content: "First" });
  await ann.goes(`/?note=${id}`);
  await expect(ann.title).toHaveValue("Ann's plan");
  // The other one signs in between the change and its way to the service.
  await ann.page.route(
    `**/api/notes/${id}`,
    async (route) => {
      await ann.api("POST", "/auth/login", { login: bob.name, password: PASSWORD });
      await route.continue();
    },
    { times: 1 },
  );
  const refused = ann.page.waitForResponse((answer) => answer.status() === 409);
  await ann.title.fill("Ann's other plan");
  const answer = await refused;
  expect(((await answer.json()) as { code: string }).code).toBe("other_account");
  expect(await answer.request().headerValue("notes-account")).toBeTruthy();
  await expect(ann.page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await expect(ann.page.getByRole("textbox")).toHaveCount(0);
  expect(await bob.titles()).toEqual([]);

  await ann.api("POST", "/auth/login", { login: ann.name, password: PASSWORD });
  await ann.goes();
  await expect(ann.card("Ann's other plan")).toBeVisible();
  await expect.poll(() => ann.titles()).toEqual(["Ann's other plan"]);
});

test("migrates and sends data stored by earlier versions of the page", async ({ ada }) => {
  const { id: account } = await ada.api<{ id: string }>("GET", "/me");
  await ada.label("Kitchen");
  const note = await ada.has({ title: "Old soup", content: "Leeks" });
  const edited = await ada.has({ title: "Old cake", content: "Eggs" });
  const list = await ada.api<{ revision: number; items: unknown[] }>("GET", "/notes?place=active&limit=100");
  const labels = await ada.api<{ items: unknown[] }>("GET", "/labels");
  // A page of the same origin that runs no program; a browser looks for its icon.
  ada.watch.expect(/favicon\.ico/);
  await ada.page.goto("/icon.svg");
  await ada.page.evaluate(
    async ({ account, list, labels, edited }) => {
      const kept = {
        account,
        revision: list.revision,
        notes: list.items,
        labels: labels.items,
        walks: [[JSON.stringify(["active", [], null, null]), { done: true, frontier: list.items.at(-1) }]],
      };
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("notes", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("kept");
        request.onerror = () => reject(request.error as Error);
        request.onsuccess = () => {
          const transaction = request.result.transaction("kept", "readwrite");
          transaction.objectStore("kept").put(kept, "state");
          transaction.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      });
      const op = {
        kind: "text",
        uid: crypto.randomUUID(),
        id: edited.id,
        at: new Date().toISOString(),
        text: { title: "Old cake", content: "Eggs and butter" },
        base: { title: "Old cake", content: "Eggs", version: edited.version },
      };
      localStorage.setItem(`queue:${account}:${crypto.randomUUID()}`, JSON.stringify([op]));
      localStorage.setItem("account", JSON.stringify({ id: account, username: "ada", guest: false }));
    },
    { account, list, labels, edited },
  );
  // Lists are not answered: what is seen was kept.
  await ada.page.route(/\/api\/notes\?/, (route) => route.abort());
  ada.watch.expect(GONE);
  await ada.page.goto("/");
  await expect(ada.card(note.title)).toContainText("Leeks");
  await expect(ada.card("Old cake")).toContainText("Eggs and butter");
  await expect
    .poll(async () => (await ada.notes()).map(({ content }) => content).sort())
    .toEqual(["Eggs and butter", "Leeks"]);
  await expect
    .poll(() => ada.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .not.toContain("notes");
});
