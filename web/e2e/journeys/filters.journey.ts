// Searches that are saved under a name.
import { expect, test } from "../support/journey";

test("saves, applies, renames, reorders and deletes a filter", async ({ ada }) => {
  const home = await ada.label("Home");
  await ada.has({ title: "Soup", content: "Leek", labelIds: [home.id] });
  await ada.has({ title: "Leek seeds" });
  await ada.api("POST", "/filters", { name: "Red ones", query: { color: "red" } });
  await ada.goes(`/?q=leek&label=${home.id}`);
  await expect(ada.page.getByRole("article")).toHaveCount(1);
  await ada.page.getByRole("button", { name: "Save filter" }).click();
  await expect(ada.dialog.getByLabel("Name")).toHaveValue("leek, Home");
  await ada.dialog.getByLabel("Name").fill("Leek at home");
  await ada.dialog.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByRole("button", { name: "Save filter" })).toHaveCount(0);
  await ada.page.getByRole("link", { name: "Notes", exact: true }).last().click();
  await expect(ada.page.getByRole("article")).toHaveCount(2);
  await ada.page.getByRole("link", { name: "Leek at home" }).click();
  await expect(ada.page.getByRole("article")).toHaveCount(1);
  await expect(ada.search).toHaveValue("leek");

  await ada.page.getByRole("button", { name: "Edit saved filters" }).click();
  await ada.dialog.getByRole("button", { name: "Move Leek at home up" }).click();
  await ada.dialog.getByLabel("Name of Leek at home").fill("Leek");
  await ada.page.keyboard.press("Tab");
  await ada.dialog.getByRole("button", { name: "Delete Red ones" }).click();
  await ada.page
    .getByRole("dialog", { name: /^Delete the filter/ })
    .getByRole("button", { name: "Delete" })
    .click();
  await ada.dialog.getByRole("button", { name: "Done" }).click();
  const { items } = await ada.api<{ items: { name: string }[] }>("GET", "/filters");
  expect(items.map(({ name }) => name)).toEqual(["Leek"]);
  await expect(ada.page.getByRole("link", { name: "Leek", exact: true })).toBeVisible();
});
