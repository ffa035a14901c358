// Every state in light and dark, at all widths, in other languages, with large text and without colours, and a page that shows them beside each other.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, KEPT, type Person, test } from "../support/journey";

const folder = new URL("../artifacts/screens/", import.meta.url).pathname;
const COLORS = ["white", "yellow", "green", "blue", "pink", "orange", "teal", "purple", "red"];
const CODE =
  "```js\nconst total = items.filter(({ done }) => done).map(({ price }) => price).reduce((a, b) => a + b, 0);\n```";
const TEXTS = [
  "Some **bold**, _slanted_ and ~~old~~ words, and [a link](https://example.com).",
  "- [ ] eggs\n- [x] cream\n  - [ ] the good one",
  "> Quoted\n\n`code` and a long paragraph that goes on about a garden, a letter and the paper in the kitchen.",
  "| Item | Price |\n| --- | --: |\n| Tea | 3.20 |\n| Bread | 4.10 |",
  "# A large heading\n\n## A second one\n\n- Bullets\n  - and those\n    - below them",
  CODE,
];
const PICTURE = readFileSync(new URL("../../public/icon-512.png", import.meta.url));
/** What other people write: other letters, other directions, no spaces. */
const ELSEWHERE = {
  en: ["Shopping", "Everything for Sunday"],
  de: ["Rechtsschutzversicherungsgesellschaften", "Donaudampfschifffahrtsgesellschaftskapitän"],
  ja: ["買い物リスト", "牛乳とパンを買う。それから郵便局に行って、荷物を受け取ります。"],
  ar: ["قائمة التسوق", "حليب وخبز وزيتون، ثم رسالة إلى الجدة."],
} as const;

interface Stock {
  note: string;
  label: string;
  code: string;
}

async function stock(person: Person, language: keyof typeof ELSEWHERE): Promise<Stock> {
  const work = await person.label("Work", "red");
  const recipes = await person.label("Recipes and other long names", "green");
  for (const [at, color] of COLORS.entries())
    await person.has({
      title: `A ${color} note`,
      content: TEXTS[at % TEXTS.length]!,
      color,
      labelIds: [[work.id], [recipes.id, work.id], []][at % 3]!,
    });
  const [title, content] = ELSEWHERE[language];
  await person.has({ title, content });
  await person.has({ content: "A note without a title." });
  await person.has({ title: "Overdue", reminderAt: "2025-01-02T08:00:00Z", color: "yellow" });
  const { id: code } = await person.has({ title: "Code", content: `${CODE}\n\n${TEXTS[4]}\n\n${TEXTS[3]}` });
  const { id: seen } = await person.has({ title: "With a picture", content: "And a line below it." });
  const binary = { "content-type": "application/octet-stream" };
  await person.api("POST", `/notes/${seen}/attachments?name=picture.png`, PICTURE, binary);
  const { id } = await person.has({
    title: "Crème brûlée",
    content: "Burn the sugar.\n\n1. Cream\n2. Eggs\n\n- [x] vanilla\n- [ ] sugar\n\n```js\nlet a = 1;\n```",
    pinned: true,
    labelIds: [recipes.id],
    reminderAt: "2031-05-04T08:00:00Z",
  });
  for (const [title, path] of [
    ["Kept away", "archive"],
    ["Thrown away", undefined],
  ] as const) {
    const { id } = await person.has({ title, content: "Once of use." });
    if (path) await person.api("POST", `/notes/${id}/${path}`, undefined, { "if-match": "*" });
    else await person.api("DELETE", `/notes/${id}`, undefined, { "if-match": "*" });
  }
  return { note: id, label: recipes.id, code };
}

/** A text of the page in its language. */
function speaker(language: string): (text: string) => string {
  if (language === "en") return (text) => text;
  const file = readFileSync(new URL(`../../src/locales/${language}.po`, import.meta.url), "utf8");
  const texts = new Map([...file.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm)].map(([, id, text]) => [id!, text!]));
  return (text) => texts.get(text) ?? text;
}

const LOCALES = { en: "en-GB", ar: "ar", ja: "ja-JP", de: "de-DE" } as const;
interface Case {
  name: string;
  width: number;
  language?: keyof typeof LOCALES;
  scheme?: "light" | "dark";
  forced?: boolean;
  /** How large text is, in percent. */
  text?: number;
}
const WIDTHS = [320, 390, 1024, 1440, 2560];
const CASES: Case[] = [
  ...(["light", "dark"] as const).flatMap((scheme) => WIDTHS.map((width) => ({ name: scheme, scheme, width }))),
  ...(["ar", "ja", "de"] as const).flatMap((language) =>
    WIDTHS.slice(0, 4).map((width) => ({ name: language, language, width })),
  ),
  ...[390, 1440].map((width) => ({ name: "forced", forced: true, width })),
  ...[390, 1440].map((width) => ({ name: "text200", text: 200, width })),
  { name: "text400", text: 400, width: 1440 },
];

for (const { name, width, language = "en", scheme = "light", forced = false, text = 100 } of CASES) {
  test(`${name} at ${width} pixels`, async ({ person, visitor, again }) => {
    mkdirSync(folder, { recursive: true });
    const say = speaker(language);
    const options = {
      ...KEPT,
      viewport: { width, height: width < 500 ? 844 : 900 },
      colorScheme: scheme,
      reducedMotion: "reduce",
      forcedColors: forced ? "active" : "none",
      locale: LOCALES[language],
      ...(width < 500 ? { isMobile: true, hasTouch: true } : {}),
    } as const;
    const picture = async ({ page }: Person, state: string, full = false) => {
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      // The columns of the board follow.
      await page.waitForTimeout(200);
      await page.screenshot({
        path: `${folder}${state}-${name}-${width}.png`,
        animations: "disabled",
        fullPage: full,
      });
    };
    const press = async ({ page }: Person, label: string) => {
      await page
        .getByRole("button", { name: say(label), exact: true })
        .filter({ visible: true })
        .last()
        .click();
    };
    /** Sets the size of text in the settings of the browser. */
    const enlarge = async ({ context, page }: Person): Promise<void> => {
      if (text === 100) return;
      const devtools = await context.newCDPSession(page);
      const fontSizes = { standard: (16 * text) / 100, fixed: (13 * text) / 100 };
      await devtools.send("Page.setFontSizes", { fontSizes });
    };
    const nobody = await visitor(options);
    await enlarge(nobody);
    nobody.watch.expect(/./);
    for (const view of ["login", "register", "forgot"]) {
      await nobody.page.goto(`/${view}`);
      await expect(nobody.page.getByRole("heading", { level: 1 })).toBeVisible();
      await picture(nobody, view);
    }
    await nobody.page.goto("/");
    await press(nobody, "Look around as a guest");
    await expect(nobody.page.getByRole("article").first()).toBeVisible();
    await picture(nobody, "guest");

    const ada = await person("screens", options);
    await enlarge(ada);
    ada.watch.expect(/./);
    await ada.page.goto("/");
    await expect(ada.page.locator(".empty h2")).toBeVisible();
    await picture(ada, "board-empty");
    const { note, label, code } = await stock(ada, language);
    const eve = await person("eve", options);
    await enlarge(eve);
    eve.watch.expect(/./);
    for (const right of ["read", "write"]) {
      const path = `/notes/${right === "read" ? code : note}/shares`;
      await ada.api("POST", path, { email: `${eve.name}@example.com`, right });
      const { items } = await eve.api<{ items: { id: string }[] }>("GET", "/invitations");
      if (right === "read") await eve.api("POST", `/invitations/${items[0]!.id}/accept`);
    }
    for (const [state, path, full] of [
      ["board", "/"],
      ["reminders", "/reminders"],
      ["archive", "/archive"],
      ["trash", "/trash"],
      ["label", `/label/${label}`],
      ["found", "/?q=eggs"],
      ["nothing-found", "/?q=zebra"],
      ["filtered", "/?color=teal"],
      ["labels", "/labels"],
      ["settings", "/settings", true],
      ["missing", "/missing"],
    ] as const) {
      await ada.page.goto(path);
      await expect(ada.page.getByRole("heading", { level: 1 })).toBeAttached();
      if (["board", "reminders", "found", "archive", "trash", "label", "filtered"].includes(state))
        await expect(ada.page.getByRole("article").first()).toBeVisible();
      await picture(ada, state, full);
    }
    await ada.page.goto("/");
    await expect(ada.page.getByRole("article").first()).toBeVisible();
    if (width < 1024 * (text / 100)) {
      await press(ada, "Views and labels");
      await picture(ada, "drawer");
      await ada.page.keyboard.press("Escape");
    } else {
      await ada.page.getByRole("article").nth(2).hover();
      await picture(ada, "hover");
    }
    for (const button of ["Theme", "Account", "Filter"]) {
      await press(ada, button);
      await expect(ada.page.locator(":popover-open :is(button, a):visible").first()).toBeVisible();
      await picture(ada, `menu-${button.toLowerCase()}`);
      await ada.page.keyboard.press("Escape");
    }
    await ada.page.keyboard.press("?");
    await expect(ada.dialog).toBeVisible();
    await picture(ada, "help");

    for (const [state, path] of [
      ["note", `/?note=${note}`],
      ["code", `/?note=${code}`],
      ["new", "/?note=new"],
    ] as const) {
      await ada.page.goto(path);
      await expect(ada.dialog.locator(".ProseMirror")).toBeVisible();
      await expect(ada.dialog.getByRole("toolbar")).toBeVisible();
      await picture(ada, state);
    }
    if (width < 641 * (text / 100)) {
      await press(ada, "Formatting");
      await picture(ada, "formatting");
    }
    await ada.page.goto(`/?note=${note}`);
    await expect(ada.dialog.getByRole("toolbar")).toBeVisible();
    for (const button of ["Colour", "Labels", "Reminder", "More"]) {
      await press(ada, button);
      await expect(ada.page.locator(":popover-open").first()).toBeVisible();
      await picture(ada, `note-${button.toLowerCase()}`);
      await ada.page.keyboard.press("Escape");
    }
    if (width < 641 * (text / 100)) {
      await press(ada, "More");
      await ada.page.getByRole("menuitem", { name: say("Share"), exact: true }).click();
    } else await press(ada, "Share");
    await expect(ada.dialog.getByRole("button", { name: say("Create link") })).toBeVisible();
    await picture(ada, "sharing");

    await eve.page.goto("/shared");
    await expect(eve.page.getByRole("article").first()).toBeVisible();
    await picture(eve, "shared");
    await eve.page.goto(`/shared/${code}`);
    await expect(eve.dialog.locator("h2")).toBeVisible();
    await picture(eve, "read-only");

    await ada.page.goto(`/?note=${note}`);
    await expect(ada.dialog.getByRole("toolbar")).toBeVisible();
    const title = ada.dialog.getByRole("textbox").first();
    await expect(title).not.toHaveValue("");
    const other = await again(ada, options);
    await ada.context.setOffline(true);
    await title.fill("Mine");
    await picture(ada, "offline-note");
    await other.api("PATCH", `/notes/${note}`, { title: "Theirs" }, { "if-match": "*" });
    await ada.page.keyboard.press("Escape");
    await expect(ada.dialog).toHaveCount(0);
    await picture(ada, "offline");
    await ada.context.setOffline(false);
    const bad = ada.page.locator(".chip.bad");
    await expect(bad.first()).toBeVisible();
    await ada.page.getByRole("article").first().click();
    await expect(ada.dialog.getByRole("region").first()).toBeVisible();
    await picture(ada, "conflict");
  });
}

test.afterAll(() => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const state = (file: string): string => file.replace(/-[a-z]+\d*-\d+\.png$/, "");
  const rows = [...new Set(files.map(state))].map((name) => {
    const own = files.filter((file) => state(file) === name);
    return `<h2>${name}</h2><p>${own.map((file) => `<img src="${file}" alt="${file}" height="420" loading="lazy">`).join("\n")}</p>`;
  });
  writeFileSync(`${folder}index.html`, `<!doctype html><meta charset="utf-8"><title>Screens</title>${rows.join("\n")}`);
});
