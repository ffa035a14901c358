// Labels: made, renamed, coloured, ordered, given and deleted; on the server, not in one browser.
import { expect, test } from "../support/journey";
import type { Label } from "../support/person";

test("creates, changes and reorders labels, and shows them on another device", async ({ ada, again }) => {
  await ada.goes("/labels");
  const { page } = ada;
  for (const name of ["Coffee", "Work", "Ideas"]) {
    await page.getByLabel("Name of the new label").fill(name);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Move ${name}` })).toBeVisible();
  }
  await page.getByLabel("Name of label 2").fill("Office");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Move Office" })).toBeVisible();
  await page.getByRole("button", { name: "Move Coffee" }).focus();
  await page.keyboard.press("ArrowDown");
  const names = () => page.getByRole("navigation").getByRole("listitem").allInnerTexts();
  await expect.poll(async () => (await names()).slice(-3)).toEqual(["Office", "Coffee", "Ideas"]);

  const handle = await page.getByRole("button", { name: "Move Ideas" }).boundingBox();
  const top = await page.getByRole("button", { name: "Move Office" }).boundingBox();
  await page.mouse.move(handle!.x + 8, handle!.y + 8);
  await page.mouse.down();
  await page.mouse.move(top!.x + 8, top!.y + 8, { steps: 10 });
  await page.mouse.up();
  await expect.poll(async () => (await names()).slice(-3)).toEqual(["Ideas", "Office", "Coffee"]);

  const other = await again(ada);
  await other.goes();
  const there = () => other.page.getByRole("navigation").getByRole("listitem").allInnerTexts();
  await expect.poll(async () => (await there()).slice(-3)).toEqual(["Ideas", "Office", "Coffee"]);
});

test("keeps a new order while the answer to an earlier change is late", async ({ ada }) => {
  for (const name of ["Coffee", "Work", "Ideas"]) await ada.label(name);
  await ada.goes("/labels");
  const { page } = ada;
  let release!: () => void;
  const late = new Promise<void>((done) => (release = done));
  await page.route("**/api/labels/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    const response = await route.fetch();
    await late;
    await route.fulfill({ response });
  });
  await page.getByLabel("Name of label 2").fill("Office");
  await page.keyboard.press("Enter");
  const names = () => page.getByRole("navigation").getByRole("listitem").allInnerTexts();
  await page.getByRole("button", { name: "Move Coffee" }).focus();
  await page.keyboard.press("ArrowDown");
  const wanted = ["Office", "Coffee", "Ideas"];
  await expect.poll(async () => (await names()).slice(-3)).toEqual(wanted);
  const seen = await page.evaluateHandle(() => {
    const orders: string[] = [];
    const look = (): void => {
      const all = [...document.querySelectorAll("nav .labels li")].map((item) => item.textContent.trim());
      if (orders.at(-1) !== all.join()) orders.push(all.join());
      requestAnimationFrame(look);
    };
    look();
    return orders;
  });
  release();
  const kept = async () => (await ada.api<{ items: Label[] }>("GET", "/labels")).items.map(({ name }) => name);
  await expect.poll(kept).toEqual(wanted);
  await expect(page.getByRole("button", { name: "Move Office" })).toBeVisible();
  // Another change is answered after all of these.
  await page.getByRole("button", { name: "Move Coffee" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(kept).toEqual(["Office", "Ideas", "Coffee"]);
  // No answer has brought an earlier order back, not even for a frame.
  expect(await seen.jsonValue()).toEqual(["Office,Coffee,Ideas", "Office,Ideas,Coffee"]);
});

test("reorders labels by touch", async ({ person }) => {
  const ada = await person("fingers", { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  for (const name of ["Coffee", "Work", "Ideas"]) await ada.label(name);
  await ada.goes("/labels");
  const names = () =>
    ada.page.getByLabel(/^Name of label/).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  const grip = (name: string) => ada.page.getByRole("button", { name: `Move ${name}` });
  await ada.holds(grip("Ideas"), grip("Coffee"));
  await expect.poll(names).toEqual(["Ideas", "Coffee", "Work"]);
  const kept = async () => (await ada.api<{ items: Label[] }>("GET", "/labels")).items.map(({ name }) => name);
  await expect.poll(kept).toEqual(["Ideas", "Coffee", "Work"]);
  await ada.page.reload();
  await expect.poll(names).toEqual(["Ideas", "Coffee", "Work"]);
});

test("rejects a duplicate label name, and keeps the previous one", async ({ ada }) => {
  await ada.label("Work");
  await ada.label("Home");
  ada.watch.expect(/409/);
  await ada.goes("/labels");
  await ada.page.getByLabel("Name of label 2").fill("WORK");
  await ada.page.keyboard.press("Enter");
  await expect(ada.messages.getByRole("alert")).toContainText("The label was not renamed.");
  await expect(ada.messages.getByRole("alert")).toContainText("Request");
  await expect(ada.page.getByLabel("Name of label 2")).toHaveValue("Home");
});

test("creates a label while it is assigned, and removes it from notes when it is deleted", async ({ ada }) => {
  await ada.has({ title: "Beans" });
  await ada.goes();
  await ada.presses("Beans", "Labels");
  await ada.page.getByLabel("Find or create a label").fill("Groceries");
  await ada.page.keyboard.press("Enter");
  await expect(ada.card("Beans")).toContainText("Groceries");
  await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("navigation").getByRole("link", { name: "Groceries" }).click();
  await expect(ada.card("Beans")).toBeVisible();
  // What is made in a label's view carries it.
  await ada.writes("Peas");
  await expect(ada.card("Peas")).toContainText("Groceries");
  await ada.page.getByRole("link", { name: "Edit labels" }).click();
  await ada.page.getByRole("button", { name: /Delete.*Groceries/ }).click();
  await expect(ada.dialog).toContainText("Notes that have it stay");
  await ada.dialog.getByRole("button", { name: "Delete the label" }).click();
  await ada.page.getByRole("navigation").getByRole("link", { name: "Notes" }).last().click();
  await expect(ada.card("Beans")).not.toContainText("Groceries");
  await expect(ada.card("Peas")).toBeVisible();
});
