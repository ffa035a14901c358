// Every language: no English left, nothing too wide on a narrow screen, and from right to left where it is written so.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { violations } from "../support/axe";
import { expect, test } from "../support/journey";

const pictures = new URL("../artifacts/languages/", import.meta.url).pathname;

/** Texts by their English. */
function texts(language: string): Map<string, string> {
  const file = new URL(`../../src/locales/${language}.po`, import.meta.url);
  const found = readFileSync(file, "utf8").matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  return new Map([...found].map(([, id, text]) => [id!, text!]));
}

/** English sentences of the page that are seen or read out, though the language has others for them. */
async function english(page: Page, known: Map<string, string>): Promise<string[]> {
  const wrong = [...known]
    .filter(([id, text]) => id !== text && /[a-z]{3}/.test(id) && !id.includes("{"))
    .map(([id]) => id);
  return page.evaluate((wrong) => {
    const seen = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest("script, style, noscript")) seen.add(node.textContent!.trim());
    for (const node of document.querySelectorAll("[aria-label], [title], [placeholder]"))
      for (const name of ["aria-label", "title", "placeholder"]) seen.add(node.getAttribute(name) ?? "");
    return wrong.filter((text) => seen.has(text));
  }, wrong);
}

async function fits(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${what} is wider than the screen`).toBeLessThanOrEqual(0);
}

async function accessible(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  // A language changes no colour.
  expect.soft(await violations(page, { less: ["color-contrast"] }), what).toEqual([]);
}

for (const [language, locale] of [
  ["de", "de-AT"],
  ["es", "es-ES"],
  ["ja", "ja-JP"],
  ["ar", "ar-EG"],
] as const) {
  test(`shows sign-in, board, editor, settings and a dialog in ${language}`, async ({ visitor, person }) => {
    const known = texts(language);
    const say = (id: string): string => known.get(id) ?? id;
    const narrow = { width: 320, height: 720 };
    const look = async (page: Page, view: string): Promise<void> => {
      expect.soft(await english(page, known), `English in ${view}`).toEqual([]);
      await accessible(page, view);
      // In CI nobody looks at them.
      for (const width of process.env["CI"] ? [] : [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: `${pictures}${language}-${view}-${width}.png`, animations: "disabled" });
      }
      await page.setViewportSize(narrow);
      await fits(page, view);
      await page.setViewportSize({ width: 1280, height: 800 });
    };

    const guest = await visitor({ locale });
    guest.watch.expect(/401/);
    await guest.page.goto("/login");
    await expect(guest.page.getByRole("button", { name: say("Sign in"), exact: true })).toBeVisible();
    await expect(guest.page.locator("html")).toHaveAttribute("lang", locale);
    await expect(guest.page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
    const manifest = guest.page.locator("link[rel=manifest]");
    await expect(manifest).toHaveAttribute("href", `/manifest.${language}.webmanifest`);
    await look(guest.page, "sign-in");

    const ada = await person(language, { locale });
    const { page } = ada;
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await ada.api("POST", "/notes", {
      title: "مرحبا",
      content: "- [ ] حليب\n- [x] خبز\n\nhello",
      reminderAt: tomorrow,
    });
    const { id } = (await ada.api("POST", "/notes", { title: "牛乳", content: "買い物" })) as { id: string };
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "牛乳" })).toBeVisible();
    await look(page, "board");
    if (language === "ar") {
      const [side, main] = await Promise.all([page.locator("aside").boundingBox(), page.locator("main").boundingBox()]);
      expect(side!.x).toBeGreaterThan(main!.x);
      const [first, second] = await page
        .locator("li[data-id]")
        .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().x));
      expect(first!, "the first card is on the right").toBeGreaterThan(second!);
    }
    await page.goto(`/?note=${id}`);
    const bold = page.getByRole("button", { name: say("Bold"), exact: true });
    await expect(bold).toBeVisible();
    if (language === "ar") {
      const italic = page.getByRole("button", { name: say("Italic"), exact: true });
      expect((await bold.boundingBox())!.x).toBeGreaterThan((await italic.boundingBox())!.x);
    }
    await look(page, "editor");
    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: say("Webhooks"), exact: true })).toBeVisible();
    await look(page, "settings");
    await page.getByRole("button", { name: say("Account"), exact: true }).click();
    await page.getByRole("menuitem", { name: say("Keyboard and help") }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, "help");
  });
}

test("keeps the chosen language until the browser's language is selected again", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(/401/);
  await page.goto("/login");
  await page.getByLabel("Language").selectOption("ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.reload();
  await expect(page.getByRole("button", { name: texts("ar").get("Sign in")!, exact: true })).toBeVisible();
  await page.getByLabel(texts("ar").get("Language")!).selectOption("");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
});

test("gives each note, and each paragraph of it, the direction of its words", async ({ ada }) => {
  const { id } = await ada.has({
    title: "קניות לשבת",
    content: "חלב ולחם\n\nMilk and bread\n\n- [ ] ביצים\n\n```\ncode();\n```",
  });
  await ada.has({ title: "Groceries", content: "Milk" });
  await ada.goes();
  await expect(ada.page.locator("html")).toHaveAttribute("dir", "ltr");
  const direction = (what: Locator) => what.evaluate((node) => getComputedStyle(node).direction);
  const card = ada.card("קניות לשבת");
  for (const [text, expected] of [
    ["קניות לשבת", "rtl"],
    ["חלב ולחם", "rtl"],
    ["Milk and bread", "ltr"],
    ["ביצים", "rtl"],
    ["code();", "ltr"],
  ] as const)
    expect(await direction(card.getByText(text, { exact: true })), `${text} on the card`).toBe(expected);
  expect(await direction(ada.card("Groceries").getByRole("heading"))).toBe("ltr");
  // The box of an item is on the side where its line begins.
  const [box, item] = [(await card.getByRole("checkbox").boundingBox())!, (await card.boundingBox())!];
  expect(box.x + box.width / 2).toBeGreaterThan(item.x + item.width / 2);

  await ada.page.goto(`/?note=${id}`);
  await expect(ada.text).toContainText("חלב");
  expect(await direction(ada.title)).toBe("rtl");
  // While a paragraph is written, its words say on which side its lines begin.
  const side = (what: Locator) =>
    what.evaluate((node) => {
      const words = document.createRange();
      words.selectNodeContents(node);
      const [inner, outer] = [words.getBoundingClientRect(), node.getBoundingClientRect()];
      return inner.left - outer.left > outer.right - inner.right ? "rtl" : "ltr";
    });
  expect(await side(ada.text.getByText("חלב ולחם"))).toBe("rtl");
  expect(await side(ada.text.getByText("Milk and bread"))).toBe("ltr");
  const written = (await ada.text.getByRole("checkbox").boundingBox())!;
  const room = (await ada.text.boundingBox())!;
  expect(written.x + written.width / 2).toBeGreaterThan(room.x + room.width / 2);
});
