// Two browsers of one person: what one does is seen in the other, and nobody overwrites anybody.
import { expect, KEPT, test } from "../support/journey";
import { isSeemly } from "../support/seen";

test("shows changes of one browser in another", async ({ ada, again }) => {
  await ada.has({ title: "Seen by both" });
  const other = await again(ada);
  await ada.goes();
  await other.goes();
  await ada.writes("From the first");
  await expect(other.card("From the first")).toBeVisible();
  await other.presses("Seen by both", "Archive");
  await expect(ada.card("Seen by both")).toHaveCount(0);
  await ada.page.getByRole("link", { name: "Archive", exact: true }).click();
  await expect(ada.card("Seen by both")).toBeVisible();
});

test("shows changes that are made while the first list loads", async ({ ada, again }) => {
  const other = await again(ada);
  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  const read = new Promise<void>((resolve) => {
    void ada.page.route(/\/api\/notes\?place=active/, async (route) => {
      const response = await route.fetch();
      resolve();
      await held;
      await route.fulfill({ response });
    });
  });
  // The service announces the change after the page has begun to listen.
  const listening = ada.page.waitForRequest(/\/api\/events/);
  await ada.page.goto("/settings");
  await Promise.all([read, listening]);
  const told = ada.page.waitForResponse(/\/api\/labels/);
  await other.has({ title: "Written meanwhile" });
  await told;
  go();
  await ada.page.getByRole("navigation").getByRole("link", { name: "All notes" }).click();
  await expect(ada.card("Written meanwhile")).toBeVisible();
});

for (const [choice, titles] of [
  ["Keep mine", ["Mine"]],
  ["Keep theirs", ["Theirs"]],
  ["Keep both", ["Mine", "Theirs"]],
] as const) {
  test(`resolves a conflict by its choice: ${choice.toLowerCase()}`, async ({ person, again }) => {
    const ada = await person("ada", KEPT);
    const { id } = await ada.has({ title: "Plan", content: "As it was" });
    const other = await again(ada);
    ada.watch.expect(/412/, /ERR_INTERNET_DISCONNECTED/);
    await ada.goes(`/?note=${id}`);
    await expect(ada.title).toHaveValue("Plan");
    await ada.context.setOffline(true);
    await ada.title.fill("Mine");
    await other.api("PATCH", `/notes/${id}`, { title: "Theirs" }, { "if-match": "*" });
    await ada.context.setOffline(false);
    await expect(ada.dialog).toContainText("This note was changed in two places");
    await expect(ada.dialog.getByRole("region", { name: "Yours, on this device" })).toContainText("Mine");
    await expect(ada.dialog.getByRole("region", { name: "From elsewhere" })).toContainText("Theirs");
    await ada.dialog.getByRole("button", { name: choice }).click();
    await expect.poll(async () => (await ada.titles()).sort()).toEqual([...titles]);
  });
}

test("marks the words in which the two versions of a conflict differ", async ({ person, again }) => {
  const ada = await person("ada", KEPT);
  const content = "Paint the **door** red.\n\n- [ ] brush\n- [ ] ladder";
  const { id } = await ada.has({ title: "Plan for May", content });
  const other = await again(ada);
  ada.watch.expect(/412/, /ERR_INTERNET_DISCONNECTED/);
  await ada.goes(`/?note=${id}`);
  await expect(ada.title).toHaveValue("Plan for May");
  await ada.isKept();
  await ada.context.setOffline(true);
  await ada.title.fill("Plan for June");
  await ada.text.getByText("red.").click();
  await ada.page.keyboard.press("End");
  for (const _ of "red.") await ada.page.keyboard.press("Backspace");
  await ada.page.keyboard.type("dark blue.");
  const theirs = content.replace("red", "green").replace("[ ] brush", "[x] brush").replace("ladder", "long ladder");
  await other.api("PATCH", `/notes/${id}`, { title: "Plan for July", content: theirs }, { "if-match": "*" });
  await ada.context.setOffline(false);
  const side = (name: string) => ada.dialog.getByRole("region", { name });
  const [mine, elsewhere] = [side("Yours, on this device"), side("From elsewhere")];
  await expect(mine.locator("mark")).toHaveText(["June", "dark blue"]);
  await expect(elsewhere.locator("mark")).toHaveText(["July", "green", "long"]);
  await expect(elsewhere.locator("input.differs")).toHaveCount(1);
  await expect(mine.locator("input.differs")).toHaveCount(1);
  await isSeemly(ada.page, "conflict-words");
});
