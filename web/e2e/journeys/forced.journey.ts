// Colours that the system takes away: what has the focus, what is chosen, and which colour a note has is still seen.
import type { Locator } from "@playwright/test";
import { expect, type Person, test } from "../support/journey";

const COLORS = ["white", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];

/** What is seen of something, and of what is close around it. */
async function looks({ page }: Person, what: Locator): Promise<string> {
  const { x, y, width, height } = (await what.boundingBox())!;
  const clip = { x: Math.max(0, x - 6), y: Math.max(0, y - 6), width: width + 12, height: height + 12 };
  return (await page.screenshot({ clip, animations: "disabled" })).toString("base64");
}

/** The focus is seen, by keys. */
async function showsFocus(person: Person, what: Locator, name: string): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  await what.focus();
  await expect(what).toBeFocused();
  const focused = await looks(person, what);
  // Where it goes is not close to it.
  await what.evaluate((node: HTMLElement) => node.blur());
  expect.soft((await looks(person, what)) === focused, `${name} looks the same with the focus`).toBe(false);
}

/** Something looks otherwise once it is chosen; the focus stays away from it. */
async function showsChange(person: Person, what: Locator, name: string, change: () => Promise<void>): Promise<void> {
  const away = async () => {
    await person.page.mouse.move(0, 0);
    await person.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  };
  await what.scrollIntoViewIfNeeded();
  await away();
  const before = await looks(person, what);
  await change();
  await away();
  expect.soft((await looks(person, what)) === before, `${name} looks the same when it is chosen`).toBe(false);
}

test.describe.configure({ timeout: 240_000 });

test("shows focus, choice and colours when the system takes colours away", async ({ ada }) => {
  const { page } = ada;
  for (const color of COLORS) await ada.has({ title: `A ${color} note`, content: "- [ ] open", color });
  for (const color of COLORS) await ada.label(`Label ${color}`, color);
  const { id } = await ada.has({ title: "Draft", content: "Some words" });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await ada.goes();
  await expect(ada.card("A pink note")).toBeVisible();
  // From then on, the browser shows the focus as it does to people who use keys.
  await page.keyboard.press("Tab");

  await showsFocus(ada, ada.search, "the search");
  await showsFocus(ada, page.getByRole("link", { name: "Archive", exact: true }), "a view");
  await showsFocus(ada, page.getByRole("button", { name: "Theme" }), "a button of the header");
  await showsFocus(ada, page.getByRole("button", { name: "Account" }), "the account");
  await showsFocus(ada, ada.card("A teal note").getByRole("link"), "a card");
  await showsFocus(ada, ada.card("A teal note").getByRole("checkbox"), "a checkbox of a card");
  await showsFocus(ada, page.getByRole("link", { name: "Take a note" }).first(), "the way to a new note");

  const archive = page.getByRole("link", { name: "Archive", exact: true });
  const notes = page.getByRole("link", { name: "All notes", exact: true });
  await showsChange(ada, archive, "the present view", async () => {
    await archive.click();
    await expect(page.getByText("The archive is empty")).toBeVisible();
  });
  await notes.click();
  await expect(ada.card("A pink note")).toBeVisible();
  const card = ada.card("A blue note");
  await ada.card("A red note").hover();
  await page.getByRole("button", { name: "Select A red note", exact: true }).click();
  await showsChange(ada, card, "a selected card", async () => {
    await card.click();
    await expect(page.getByRole("toolbar", { name: "Selected notes" })).toContainText("2 selected");
  });
  // Not only by its mark: a line around it is other than that of its neighbours.
  const line = (one: Locator) => one.evaluate((node) => getComputedStyle(node).outlineStyle);
  expect(await line(card)).toBe("solid");
  expect(await line(ada.card("A teal note"))).toBe("none");
  await page.keyboard.press("Escape");

  // The colour of each note and of each label is another one.
  const stripes = await Promise.all(
    COLORS.map((color) =>
      ada.card(`A ${color} note`).evaluate((node) => {
        const { content, backgroundColor } = getComputedStyle(node, "::before");
        return content === "none" ? "none" : backgroundColor;
      }),
    ),
  );
  expect(new Set(stripes).size, stripes.join()).toBe(COLORS.length);
  const dots = await page
    .locator("aside .dot")
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  expect(new Set(dots).size, dots.join()).toBe(COLORS.length);

  await page.goto(`/?note=${id}`);
  await expect(ada.text).toContainText("Some words");
  await page.keyboard.press("Tab");
  await showsFocus(ada, ada.title, "the title");
  const tool = (name: string) => ada.dialog.getByRole("toolbar", { name: "Formatting" }).getByRole("button", { name });
  await showsFocus(ada, tool("Bold"), "a button of the toolbar");
  await showsFocus(ada, ada.dialog.getByRole("button", { name: "Close", exact: true }), "the button that closes");
  await ada.text.focus();
  await page.keyboard.press("Control+a");
  const bold = tool("Bold");
  const off = await looks(ada, bold);
  await page.keyboard.press("Control+b");
  await expect(bold).toHaveAttribute("aria-pressed", "true");
  expect.soft((await looks(ada, bold)) === off, "bold looks the same when it is on").toBe(false);

  // The choice of a colour: nine that differ, and the one that is chosen.
  // By keys: who uses a mouse is not shown the focus.
  await ada.dialog.getByRole("button", { name: "Colour" }).press("Enter");
  const swatches = page.getByRole("radiogroup", { name: "Colour" }).getByRole("radio");
  await expect(swatches).toHaveCount(COLORS.length);
  const shown = await swatches.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  expect(new Set(shown).size, shown.join()).toBe(COLORS.length);
  await showsFocus(ada, swatches.nth(3), "a colour");

  await page.goto("/settings");
  const choice = page.getByRole("switch").first();
  await expect(choice).toBeVisible();
  await page.keyboard.press("Tab");
  await showsFocus(ada, choice, "a switch");
  await showsFocus(ada, page.getByRole("textbox").first(), "a field");
});
