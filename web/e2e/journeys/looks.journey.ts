// How the page looks: themes that stay, and the size of cards.
import { expect, test } from "../support/journey";

test("keeps every theme after a reload", async ({ ada }) => {
  await ada.goes();
  const background = () => ada.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const seen = new Set<string>();
  for (const theme of ["Light", "Sand", "Mist", "Blush", "Mint", "Dark"]) {
    await ada.page.getByRole("button", { name: "Theme" }).click();
    await ada.page.getByRole("menuitemradio", { name: theme }).click();
    const chosen = await background();
    await ada.page.reload();
    await expect.poll(background, theme).toBe(chosen);
    seen.add(chosen);
  }
  expect(seen.size).toBe(6);
});

test("follows the colour scheme of the system by default", async ({ ada }) => {
  await ada.goes();
  const background = () => ada.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await ada.page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  await ada.page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);
});

test("keeps the chosen card size after a reload", async ({ ada }) => {
  await ada.has({ title: "A card" });
  await ada.goes();
  const width = async () => (await ada.card("A card").boundingBox())!.width;
  const normal = await width();
  await ada.page.getByRole("button", { name: "Large cards" }).click();
  await expect.poll(width).toBeGreaterThan(normal * 1.3);
  await ada.page.reload();
  await expect.poll(width).toBeGreaterThan(normal * 1.3);
});
