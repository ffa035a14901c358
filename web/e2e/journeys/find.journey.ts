// Finding notes again: addresses, search, filters, and lists that are longer than a page.
import { expect, test } from "../support/journey";

test("keeps search and filters in the URL while notes change", async ({ ada }) => {
  const home = await ada.label("Home");
  const work = await ada.label("Work", "red");
  await ada.has({ title: "Crème brûlée", labelIds: [home.id] });
  await ada.has({ title: "Crème fraîche", labelIds: [work.id] });
  await ada.has({ title: "Creme without a label" });
  await ada.has({ title: "Soup", labelIds: [home.id] });
  await ada.goes();

  await ada.page.getByRole("button", { name: "Filter" }).click();
  await ada.page.getByRole("checkbox", { name: "Home" }).click();
  await ada.page.getByRole("checkbox", { name: "Work" }).click();
  await ada.page.keyboard.press("Escape");
  await expect(ada.page.getByRole("article")).toHaveCount(3);
  await ada.page.keyboard.press("/");
  await expect(ada.search).toBeFocused();
  await ada.page.keyboard.type("creme");
  await expect(ada.page.getByRole("article")).toHaveCount(2);
  await expect(ada.card("Soup")).toHaveCount(0);

  await ada.presses("Crème brûlée", "Archive");
  await ada.opens("Crème fraîche");
  await ada.title.fill("Crème fraîche, 200 g");
  await ada.isSaved();
  await ada.closes();
  await expect(ada.search).toHaveValue("creme");
  await expect(ada.page).toHaveURL(/q=creme/);
  await expect(ada.page).toHaveURL(new RegExp(`label=${home.id}.*label=${work.id}|label=${work.id}.*label=${home.id}`));
  await expect(ada.card("Creme without a label")).toHaveCount(0);
  await ada.page.reload();
  await expect(ada.search).toHaveValue("creme");
  await expect(ada.card("Crème fraîche, 200 g")).toBeVisible();
  await expect(ada.card("Creme without a label")).toHaveCount(0);

  await ada.page.getByRole("button", { name: "Clear the search" }).click();
  await expect(ada.card("Soup")).toBeVisible();
  await ada.page.getByRole("button", { name: "Remove the filter Home" }).click();
  await expect(ada.card("Soup")).toHaveCount(0);
});

test("gives every view a URL, and returns with the browser's back button", async ({ ada }) => {
  const { id } = await ada.label("Recipes");
  const note = await ada.has({ title: "Bread", labelIds: [id] });
  await ada.goes();
  await ada.page.getByRole("link", { name: "Recipes" }).click();
  await expect(ada.page.getByRole("heading", { level: 1, name: "Recipes" })).toBeVisible();
  await expect(ada.page).toHaveURL(`/label/${id}`);
  await ada.opens("Bread");
  await ada.page.goBack();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await ada.page.getByRole("link", { name: "Archive", exact: true }).click();
  await expect(ada.page.getByRole("heading", { level: 1, name: "Archive" })).toBeVisible();
  await ada.page.goBack();
  await expect(ada.page.getByRole("heading", { level: 1, name: "Recipes" })).toBeVisible();
  await ada.page.goBack();
  await expect(ada.page.getByRole("heading", { level: 1, name: "Notes" })).toBeVisible();
  // A link to a note, opened anew.
  await ada.page.goto(`/label/${id}?note=${note.id}`);
  await expect(ada.title).toHaveValue("Bread");
  await ada.closes();
  await expect(ada.page).toHaveURL(`/label/${id}`);
  await ada.page.goto("/no/such/view");
  await expect(ada.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("hides notes of other users", async ({ ada, person }) => {
  const eve = await person("eve");
  const { id } = await ada.has({ title: "Mine" });
  eve.watch.expect(/404/);
  await eve.page.goto(`/?note=${id}`);
  await expect(eve.dialog).toContainText("This note cannot be shown");
  await expect(eve.page.getByText("Mine")).toHaveCount(0);
});

test("shows each note of a long list once", async ({ ada }) => {
  const titles = Array.from({ length: 93 }, (_, number) => `Note ${number}`);
  for (const title of titles) await ada.has({ title, content: "Some text\n\n".repeat(3) });
  await ada.goes();
  // Only cards near the window are there: each says its place in the list.
  const seen = new Map<number, string>();
  await expect(async () => {
    await ada.page.mouse.wheel(0, 500);
    const cards = await ada.page
      .locator("li[aria-posinset]")
      .evaluateAll((items) =>
        items.map((item): [number, string] => [
          Number(item.ariaPosInSet),
          item.querySelector("article")?.getAttribute("aria-label") ?? "",
        ]),
      );
    expect(new Set(cards.map(([place]) => place)).size).toBe(cards.length);
    for (const [place, title] of cards) seen.set(place, title);
    expect(seen.size).toBe(93);
  }).toPass({ timeout: 60_000, intervals: [100] });
  expect([...seen].sort(([a], [b]) => a - b).map(([, title]) => title)).toEqual([...titles].reverse());
});
