// States of the board in every theme and on every colour, as axe sees them: contrast, targets, names.
import { violations } from "../support/axe";
import { expect, test } from "../support/journey";
import type { Person } from "../support/person";

const COLORS = ["white", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];
const THEMES = ["light", "sand", "mist", "blush", "mint", "dark"];
/** What a theme can do wrong; the rest, sizes too, is the same in all of them. */
const OF_THEMES = ["color-contrast"];

async function look({ page }: Person, name: string, rules?: string[]): Promise<void> {
  expect.soft(await violations(page, { rules, more: rules ? [] : ["target-size"] }), name).toEqual([]);
}

test.describe.configure({ timeout: 240_000 });

test("meets accessibility rules in every state, theme and colour of the board", async ({ ada }) => {
  const { page } = ada;
  const { id } = await ada.label("Work", "red");
  await Promise.all(
    COLORS.map((color) =>
      ada.has({
        title: `A ${color} note`,
        content: "Words, [a link](https://example.com), `code`.\n\n- [x] done\n- [ ] open\n\n> quoted",
        color,
        labelIds: [id],
        reminderAt: "2025-01-02T08:00:00Z",
      }),
    ),
  );
  await ada.has({ title: "Code", content: "```\n" + "long ".repeat(60) + "\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |" });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const wear = (theme: string) => page.evaluate((theme) => (document.documentElement.dataset["theme"] = theme), theme);
  const states: [name: string, enter: () => Promise<unknown>][] = [
    [
      "cards, and one with its buttons",
      async () => {
        await expect(ada.card("A pink note")).toBeVisible();
        await ada.card("A yellow note").hover();
      },
    ],
    [
      "selected cards",
      async () => {
        await page.getByRole("button", { name: "Select A yellow note", exact: true }).click();
        await ada.card("A teal note").click();
        await expect(page.getByRole("toolbar", { name: "Selected notes" })).toContainText("2 selected");
      },
    ],
  ];
  await ada.goes();
  for (const [name, enter] of states) {
    await enter();
    for (const theme of THEMES) {
      await wear(theme);
      await look(ada, `${name}, ${theme}`, theme === "light" ? undefined : OF_THEMES);
    }
  }
  await page.keyboard.press("Escape");
  await wear("light");
  // A phone, a narrow window, large text, and colours that the browser takes away.
  for (const [name, width, size] of [
    ["a phone", 390, "100%"],
    ["320 pixels", 320, "100%"],
    ["text twice as large", 390, "200%"],
    ["text twice as large on a desk", 1280, "200%"],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
    await expect(ada.card("Code")).toBeVisible();
    await look(ada, name, ["color-contrast", "target-size"]);
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name)
      .toBeLessThanOrEqual(0);
    if (width === 390 && size === "200%") {
      const left = await page
        .getByRole("article")
        .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().x));
      expect.soft(new Set(left).size, "columns").toBe(1);
    }
  }
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ forcedColors: "active" });
  await look(ada, "forced colours");
});

test("shows a guest the remaining days and the way to keep the notes", async ({ visitor }) => {
  const guest = await visitor();
  guest.watch.expect(/401/);
  await guest.page.goto("/");
  await guest.page.getByRole("button", { name: "Look around as a guest" }).click();
  const chip = guest.page.getByRole("link", { name: /Guest · \d+ days? left/ });
  await expect(chip).toBeVisible();
  await look(guest, "a guest");
  // One way to make a note is enough on an empty board.
  await expect(guest.page.getByRole("link", { name: "Take a note" }).filter({ visible: true })).toHaveCount(1);
  await chip.click();
  await expect(guest.page.getByRole("heading", { name: "Keep these notes" })).toBeInViewport();
});
