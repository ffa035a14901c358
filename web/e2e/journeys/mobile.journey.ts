// On a phone.
import { expect, test } from "../support/journey";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

test("a phone: drawer, a note, no scrolling sideways", async ({ person }) => {
  const ada = await person("phone", PHONE);
  const { id } = await ada.label("Errands");
  await ada.has({
    title: "A long word",
    content: `${"W".repeat(200)}\n\n| ${"cell | ".repeat(12)}\n|${"---|".repeat(12)}`,
  });
  await ada.goes();
  const sideways = () => ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await sideways()).toBeLessThanOrEqual(0);

  await ada.page.getByRole("button", { name: "Views and labels" }).tap();
  await ada.dialog.getByRole("link", { name: "Errands" }).tap();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await expect(ada.page).toHaveURL(`/label/${id}`);
  await ada.page.getByRole("link", { name: "Take a note" }).last().tap();
  await ada.title.fill("From the phone");
  await ada.isSaved();
  expect(await sideways()).toBeLessThanOrEqual(0);
  await ada.closes();
  await ada.card("From the phone").tap();
  await expect(ada.title).toHaveValue("From the phone");
  // Everything that a mouse finds on the card is in the note.
  await ada.dialog.getByRole("button", { name: "Archive" }).tap();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => ada.titles("archived")).toEqual(["From the phone"]);
});
