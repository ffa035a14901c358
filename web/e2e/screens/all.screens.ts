// Every state in light and dark at four widths, and a page that shows them beside each other.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { expect, type Person, test } from "../support/journey";

const folder = new URL("../artifacts/screens/", import.meta.url).pathname;
const WIDTHS = [320, 390, 1024, 1440];
const COLORS = ["white", "yellow", "green", "blue", "pink", "orange", "teal", "purple", "red"];
const TEXTS = [
  "Some **bold**, _slanted_ and ~~old~~ words, and [a link](https://example.com).",
  "- [ ] eggs\n- [x] cream\n  - [ ] the good one",
  "> Quoted\n\n`code` and a long paragraph that goes on about a garden, a letter and the paper in the kitchen.",
  "| Item | Price |\n| --- | --: |\n| Tea | 3.20 |\n| Bread | 4.10 |",
];

async function stock(person: Person): Promise<string> {
  const work = await person.label("Work", "red");
  const recipes = await person.label("Recipes and other long names", "green");
  for (const [at, color] of COLORS.entries())
    await person.has({
      title: `A ${color} note`,
      content: TEXTS[at % TEXTS.length]!,
      color,
      labelIds: [[work.id], [recipes.id, work.id], []][at % 3]!,
    });
  await person.has({ title: "Overdue", reminderAt: "2025-01-02T08:00:00Z" });
  const { id } = await person.has({
    title: "Crème brûlée",
    content: "Burn the sugar.\n\n1. Cream\n2. Eggs\n\n- [x] vanilla\n- [ ] sugar\n\n```js\nlet a = 1;\n```",
    pinned: true,
    labelIds: [recipes.id],
    reminderAt: "2031-05-04T08:00:00Z",
  });
  return id;
}

/** Other directions, letters and lengths of words. */
const LANGUAGES = { en: "en-GB", ar: "ar", ja: "ja-JP", de: "de-DE" };
const CASES = [
  ...(["light", "dark"] as const).flatMap((scheme) =>
    WIDTHS.map((width) => ({ scheme, width, language: "en" as const })),
  ),
  ...(["ar", "ja", "de"] as const).flatMap((language) =>
    WIDTHS.map((width) => ({ scheme: "light" as const, width, language })),
  ),
];

for (const { scheme, width, language } of CASES) {
  test(`${scheme} at ${width} pixels, ${language}`, async ({ person, visitor }) => {
    mkdirSync(folder, { recursive: true });
    const height = width < 500 ? 800 : 900;
    const english = language === "en";
    const locale = LANGUAGES[language];
    const options = { viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" as const, locale };
    const picture = async (one: Person, name: string) => {
      await one.page.evaluate(() => document.fonts.ready.then(() => undefined));
      await one.page.screenshot({
        path: `${folder}${english ? name : `${language}-${name}`}-${scheme}-${width}.png`,
        animations: "disabled",
      });
    };
    const nobody = await visitor(options);
    for (const view of ["login", "register", "forgot"]) {
      await nobody.page.goto(`/${view}`);
      await expect(nobody.page.getByRole("heading", { level: 1 })).toBeVisible();
      await picture(nobody, view);
    }
    const ada = await person("screens", options);
    ada.watch.expect(/404/);
    await ada.goes();
    await expect(ada.page.locator(".empty h2")).toBeVisible();
    await picture(ada, "board-empty");
    const note = await stock(ada);
    for (const [name, path] of [
      ["board", "/"],
      ["reminders", "/reminders"],
      ["found", "/?q=eggs"],
      ["nothing-found", "/?q=zebra"],
      ["labels", "/labels"],
      ["shared", "/shared"],
      ["settings", "/settings"],
      ["missing", "/missing"],
    ] as const) {
      await ada.goes(path);
      if (["board", "reminders", "found"].includes(name))
        await expect(ada.page.getByRole("article").first()).toBeVisible();
      await picture(ada, name);
    }
    await ada.goes(`/?note=${note}`);
    await expect(ada.dialog.locator(".ProseMirror")).toBeVisible();
    await picture(ada, "note");
    // What follows is pressed by its English name.
    if (!english) return;
    for (const button of ["Colour", "Labels", "Reminder", "More"]) {
      await ada.dialog.getByRole("button", { name: button, exact: true }).click();
      await expect(ada.page.locator(":popover-open").first()).toBeVisible();
      await picture(ada, `note-${button.toLowerCase()}`);
      await ada.page.keyboard.press("Escape");
    }
    await ada.goes(`/?note=${note}`);
    const button = ada.dialog.getByRole("button", { name: "Share", exact: true });
    if (await button.isVisible()) await button.click();
    else {
      await ada.dialog.getByRole("button", { name: "More", exact: true }).click();
      await ada.page.getByRole("menuitem", { name: "Share" }).click();
    }
    const sheet = ada.page.getByRole("dialog", { name: /^Share / });
    await sheet.getByLabel("Email address").fill("eve@example.com");
    await sheet.getByRole("button", { name: "Invite" }).click();
    await expect(sheet.getByRole("list", { name: "People" })).toContainText("eve@example.com");
    await sheet.getByRole("button", { name: "Create link" }).click();
    await expect(sheet.getByLabel("Link", { exact: true })).toBeVisible();
    await picture(ada, "sharing");
    await ada.goes();
    await ada.page.keyboard.press("?");
    await expect(ada.dialog).toBeVisible();
    await picture(ada, "help");
  });
}

test.afterAll(() => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const names = [...new Set(files.map((name) => name.replace(/-(?:light|dark)-\d+\.png$/, "")))];
  const rows = names.map((name) => {
    const own = files.filter((file) => file.replace(/-(?:light|dark)-\d+\.png$/, "") === name);
    const order = (file: string) => Number(/(\d+)\.png$/.exec(file)?.[1]) + (file.includes("-dark-") ? 1e4 : 0);
    own.sort((a, b) => order(a) - order(b));
    return `<h2>${name}</h2><p>${own.map((file) => `<img src="${file}" alt="${file}" height="420" loading="lazy">`).join("\n")}</p>`;
  });
  writeFileSync(`${folder}index.html`, `<!doctype html><meta charset="utf-8"><title>Screens</title>${rows.join("\n")}`);
});
