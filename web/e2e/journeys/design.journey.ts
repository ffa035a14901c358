// What a designer looks at, as far as it can be measured.
import type { Locator, Page } from "@playwright/test";
import { expect, type Person, test } from "../support/journey";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const CODE =
  "```js\nconst total = items.filter(({ done }) => done).map(({ price }) => price).reduce((a, b) => a + b);\n```";
const RICH = `# A large heading\n\n## A second one\n\n### A third\n\n- one\n  - two\n    - three\n\n${CODE}\n\n${"More. ".repeat(300)}`;

/** A computed style of all elements that are found. */
function styles(all: Locator, name: string): Promise<string[]> {
  return all.evaluateAll((nodes, name) => nodes.map((node) => getComputedStyle(node).getPropertyValue(name)), name);
}

async function sizes(all: Locator): Promise<number[]> {
  return (await styles(all, "font-size")).map(parseFloat);
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** The note of the first one is on a card of the second one, who may only read it. */
async function shares(owner: Person, reader: Person, id: string): Promise<void> {
  await owner.api("POST", `/notes/${id}/shares`, { email: `${reader.name}@example.com`, right: "read" });
  const { items } = await reader.api<{ items: { id: string }[] }>("GET", "/invitations");
  await reader.api("POST", `/invitations/${items[0]!.id}/accept`);
}

test("has one accent colour, in its mark too", async ({ ada }) => {
  await ada.has({ title: "Shop", content: "- [x] milk\n- [ ] bread" });
  await ada.page.emulateMedia({ colorScheme: "light" });
  await ada.goes();
  const accent = await ada.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
  const mark = await ada.page.locator("link[rel=icon]").getAttribute("href");
  expect(decodeURIComponent(mark!)).toContain(`fill='${accent}'`);
  const [avatar] = await styles(ada.page.locator(".avatar"), "background-color");
  const drawn = await ada.page.evaluate((color) => {
    document.body.style.color = color;
    return getComputedStyle(document.body).color;
  }, accent);
  expect(avatar).toBe(drawn);
});

test("shows headings, bullets and code of a note alike on cards and in the note", async ({ ada, person }) => {
  const eve = await person("eve");
  const { id } = await ada.has({ title: "Rich", content: RICH });
  await shares(ada, eve, id);
  const looks = async (where: Locator, title: Locator, headings: string): Promise<void> => {
    const [largest] = await sizes(title);
    const all = await sizes(where.locator(headings));
    expect(all).toHaveLength(3);
    expect(Math.max(...all), "no heading is larger than the title").toBeLessThanOrEqual(largest!);
    expect([...all].sort((a, b) => b - a)).toEqual(all);
    expect(await styles(where.locator("ul:not([role])"), "list-style-type")).toEqual(["disc", "circle", "square"]);
  };
  const cut = async (card: Locator): Promise<void> => {
    await expect(card.locator("pre.wide")).toHaveCSS("mask-image", /linear-gradient/);
    await expect(card.locator(".card-body.cut")).toHaveCSS("mask-image", /linear-gradient/);
  };
  const whole = async (code: Locator): Promise<void> =>
    expect(await code.evaluate((code) => code.scrollWidth - code.clientWidth)).toBeLessThanOrEqual(1);

  await ada.goes();
  const card = ada.card("Rich");
  await expect(card.locator(".level-3")).toBeAttached();
  await looks(card, card.locator("> h3"), ".card-body :is(h3, h4, h5, h6)");
  await cut(card);
  await eve.goes("/shared");
  const shared = eve.page.getByRole("article", { name: "Rich" });
  await expect(shared.locator(".level-3")).toBeAttached();
  await looks(shared, shared.locator("> h3"), ".card-body :is(h3, h4, h5, h6)");
  await cut(shared);

  await ada.opens("Rich");
  await expect(ada.text.locator("ul").first()).toBeVisible();
  await looks(ada.text, ada.title, "h1, h2, h3");
  await whole(ada.text.locator("pre"));
  await eve.goes(`/shared/${id}`);
  const read = eve.dialog.locator(".markdown");
  await expect(eve.dialog.locator("h2.title")).toBeVisible();
  await expect(read.locator("h6, h5, h4").first()).toBeVisible();
  await looks(read, eve.dialog.locator("h2.title"), ":is(h3, h4, h5, h6)");
  await whole(read.locator("pre"));
});

for (const [device, options] of [
  ["a desk", {}],
  ["a phone", PHONE],
] as const) {
  test(`says its name once, and has one way to make a note, on ${device}`, async ({ person, visitor }) => {
    const ada = await person("once", options);
    const names = () =>
      ada.page
        .getByText("Notes", { exact: true })
        .evaluateAll((all) => all.filter((one) => one.clientWidth > 1).length);
    await ada.goes();
    await expect(ada.page.locator(".empty h2")).toBeVisible();
    await expect(ada.page.getByRole("link", { name: "Take a note" }).filter({ visible: true })).toHaveCount(1);
    expect(await names()).toBe(1);
    await ada.has({ title: "Eggs" });
    await ada.goes("/?q=eggs");
    await expect(ada.page.getByRole("heading", { level: 1, name: "1 note found" })).toBeVisible();
    expect(await names()).toBeLessThanOrEqual(1);
    await ada.goes("/archive");
    expect(await names()).toBeLessThanOrEqual(1);

    const guest = await visitor(options);
    guest.watch.expect(/401/);
    await guest.page.goto("/");
    await guest.page.getByRole("button", { name: "Look around as a guest" }).click();
    await expect(guest.page.getByRole("link", { name: /Guest · \d+ days? left/ })).toBeInViewport({ ratio: 1 });
  });
}

for (const width of [390, 320]) {
  test(`has one line of tools in a note at ${width} pixels, with Undo`, async ({ person }) => {
    const ada = await person("line", { ...PHONE, viewport: { width, height: 844 } });
    const { id } = await ada.label("Errands");
    const note = await ada.has({ title: "Shop", content: "Milk", labelIds: [id], reminderAt: "2031-05-04T08:00:00Z" });
    await ada.goes(`/?note=${note.id}`);
    await expect(ada.dialog.getByRole("toolbar")).toHaveCount(1);
    const bar = ada.dialog.getByRole("toolbar");
    const tools = ["Undo", "Redo", "Formatting", "Checklist", "Colour", "Labels", "Reminder", "Add files", "More"];
    const boxes = [];
    for (const name of tools) {
      const button = ada.dialog.getByRole("button", { name, exact: true });
      await expect(button).toBeInViewport({ ratio: 1 });
      boxes.push((await button.boundingBox())!);
    }
    expect(new Set(boxes.map(({ y, height }) => Math.round(y + height / 2))).size, "lines").toBe(1);
    for (const [at, { x, width }] of boxes.slice(0, -1).entries())
      expect(x + width, "no button over the next one").toBeLessThanOrEqual(boxes[at + 1]!.x + 0.5);
    // What belongs to the note is above what is done with it.
    const chip = (await ada.dialog.getByText("Errands", { exact: true }).boundingBox())!;
    expect(chip.y + chip.height).toBeLessThan((await ada.text.boundingBox())!.y);
    expect(chip.y + chip.height).toBeLessThan((await bar.boundingBox())!.y);
  });
}

test("keeps a long name and what is done with its notes on the same lines", async ({ person }) => {
  const ada = await person("long", PHONE);
  const { id } = await ada.label("Recipes and other long names");
  await ada.goes(`/label/${id}`);
  const heading = (await ada.page.getByRole("heading", { level: 1 }).boundingBox())!;
  const filter = (await ada.page.getByRole("button", { name: "Filter", exact: true }).boundingBox())!;
  expect(filter.y).toBeLessThan(heading.y + heading.height);
});

test("shows every theme as it looks", async ({ ada }) => {
  await ada.goes();
  await ada.page.getByRole("button", { name: "Theme" }).click();
  const swatches = ada.page.locator(":popover-open .swatch");
  await expect(swatches).toHaveCount(7);
  expect(new Set(await styles(swatches, "background-image")).size).toBe(7);
  expect(Math.min(...(await styles(swatches, "width")).map(parseFloat))).toBeGreaterThanOrEqual(20);
});

test("uses the width of large screens", async ({ person }) => {
  const ada = await person("wide", { viewport: { width: 2560, height: 1200 } });
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => ada.has({ title: `Note ${at}`, content: "Words. ".repeat(20) })),
  );
  await ada.goes();
  await expect(ada.page.getByRole("article")).toHaveCount(20);
  const edges = await ada.page
    .getByRole("article")
    .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect()).map(({ x, right }) => [x, right]));
  expect(new Set(edges.map(([x]) => x)).size, "columns").toBeGreaterThanOrEqual(7);
  expect(Math.max(...edges.map(([, right]) => right!))).toBeGreaterThan(2440);
});

test("has as many columns as a screen has room for", async ({ person }) => {
  const ada = await person("columns");
  await Promise.all(Array.from({ length: 12 }, (_, at) => ada.has({ title: `Note ${at}`, content: "Some words." })));
  await ada.goes();
  for (const [width, columns] of [
    [320, 1],
    [390, 2],
    [768, 3],
    [1024, 3],
    [1440, 4],
  ] as const) {
    await ada.page.setViewportSize({ width, height: 900 });
    const lefts = () =>
      ada.page
        .getByRole("article")
        .evaluateAll((cards) => new Set(cards.map((card) => Math.round(card.getBoundingClientRect().x))).size);
    await expect.poll(lefts, { message: `columns at ${width} pixels` }).toBe(columns);
  }
});

test("names every view in the title of its tab", async ({ ada }) => {
  const { id } = await ada.label("Errands");
  const note = await ada.has({ title: "Shop" });
  ada.watch.expect(/404/);
  for (const [path, title] of [
    ["/", "Notes"],
    [`/?note=${note.id}`, "Shop · Notes"],
    ["/?q=eggs", "“eggs” · Notes"],
    ["/archive?q=eggs", "“eggs” · Archive · Notes"],
    ["/reminders", "Reminders · Notes"],
    ["/archive", "Archive · Notes"],
    ["/trash", "Trash · Notes"],
    [`/label/${id}`, "Errands · Notes"],
    ["/labels", "Labels · Notes"],
    ["/shared", "Shared with me · Notes"],
    ["/settings", "Settings · Notes"],
    ["/missing", "There is nothing here · Notes"],
  ] as const) {
    await ada.page.goto(path);
    await expect(ada.page, path).toHaveTitle(title);
  }
});

test("shows labels, and makes one, at 320 pixels", async ({ person }) => {
  const ada = await person("tiny", { ...PHONE, viewport: { width: 320, height: 640 } });
  await ada.label("Recipes and other long names");
  await ada.goes("/labels");
  expect(await sideways(ada.page)).toBeLessThanOrEqual(0);
  await expect(ada.page.getByRole("button", { name: "Create" })).toBeInViewport({ ratio: 1 });
  for (const field of await ada.page.getByRole("textbox").all())
    expect((await field.boundingBox())!.width).toBeGreaterThan(100);
});

interface Movement {
  of: string;
  scale: string;
}

for (const motion of ["no-preference", "reduce"] as const) {
  test(`opens a note out of its card, and closes it into it: motion ${motion}`, async ({ person }) => {
    const ada = await person("moves", { reducedMotion: motion });
    await ada.page.addInitScript(() => {
      const movements: Movement[] = ((globalThis as unknown as { movements: Movement[] }).movements = []);
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (frames, options) {
        const [first] = frames as unknown as { scale: string }[];
        movements.push({ of: this.matches("dialog.note") ? "note" : this.localName, scale: first!.scale });
        return animate.call(this, frames, options);
      };
    });
    await ada.has({ title: "Shop", content: "Milk" });
    await ada.goes();
    await expect(ada.card("Shop")).toBeVisible();
    const moved = () => ada.page.evaluate(() => (globalThis as unknown as { movements: Movement[] }).movements);
    const once = async (): Promise<void> => {
      await ada.page.evaluate(() => ((globalThis as unknown as { movements: Movement[] }).movements.length = 0));
      await ada.opens("Shop");
      await expect(ada.text).toBeVisible();
      const [first] = await moved();
      await ada.closes();
      if (motion === "reduce") {
        await ada.page.waitForTimeout(300);
        expect(await moved()).toEqual([]);
        return;
      }
      const [across, down] = first?.scale.split(" ").map(Number) ?? [];
      expect(across, "from the width of the card").toBeLessThan(0.9);
      expect(down).toBeGreaterThan(0);
      await expect
        .poll(async () => (await moved()).map(({ of }) => of), { timeout: 2_000 })
        .toEqual(["note", "article"]);
    };
    // A note that takes long to be there is shown without a movement, which would only be late: then it is opened again.
    await expect(once).toPass({ timeout: 60_000 });
  });
}

test("tells colours and states apart where the browser takes the colours away", async ({ person }) => {
  const ada = await person("forced", { forcedColors: "active" });
  const { id } = await ada.label("Errands", "red");
  await ada.label("Work", "blue");
  const note = await ada.has({ title: "Shop", content: "**Milk**", labelIds: [id] });
  const apart = async (all: Locator, count: number): Promise<void> => {
    await expect(all).toHaveCount(count);
    const pictures = [];
    for (const one of await all.all())
      pictures.push((await one.screenshot({ animations: "disabled" })).toString("base64"));
    expect(new Set(pictures).size).toBe(count);
  };
  const edged = (one: Locator): Promise<void> => expect(one).toHaveCSS("outline-style", "solid");
  await ada.goes();
  await edged(ada.page.getByRole("navigation").getByRole("link", { name: "All notes" }));
  await ada.page.getByRole("button", { name: "Filter", exact: true }).click();
  const panel = ada.page.locator(":popover-open");
  await apart(panel.locator(".color"), 9);
  await apart(panel.locator(".dot"), 2);
  await ada.page.keyboard.press("Escape");
  await ada.goes(`/?note=${note.id}`);
  await ada.text.getByText("Milk").click();
  await edged(ada.dialog.getByRole("button", { name: "Bold" }));
  await ada.dialog.getByRole("button", { name: "Colour" }).click();
  await apart(ada.page.locator(":popover-open").getByRole("radio"), 9);
});

for (const [text, width] of [
  [200, 390],
  [200, 1280],
  [400, 1280],
] as const) {
  test(`is read in one column with text at ${text} % on ${width} pixels`, async ({ person }) => {
    const phone = width === 390;
    const ada = await person("large", { viewport: { width, height: 844 }, ...(phone ? { isMobile: true } : {}) });
    const { page } = ada;
    // As in the settings of the browser.
    const devtools = await ada.context.newCDPSession(page);
    await devtools.send("Page.setFontSizes", { fontSizes: { standard: (16 * text) / 100, fixed: (13 * text) / 100 } });
    const { id } = await ada.label("Recipes and other long names", "green");
    const note = await ada.has({ title: "Crème brûlée", content: "- [ ] sugar", labelIds: [id], pinned: true });
    await ada.has({ title: "Another one", content: RICH });
    const inside = async (all: Locator): Promise<void> => {
      for (const one of await all.all()) {
        const box = await one.boundingBox();
        if (!box) continue;
        expect.soft(box.x, await one.innerHTML()).toBeGreaterThanOrEqual(0);
        expect.soft(box.x + box.width, await one.innerHTML()).toBeLessThanOrEqual(width);
      }
    };
    for (const path of ["/", "/labels", `/label/${id}`, "/?q=sugar", "/reminders", "/settings"]) {
      await ada.goes(path);
      await inside(page.locator("main :is(button, input, h1, .dot)"));
      await inside(page.locator("header > *"));
      expect.soft(await sideways(page), path).toBeLessThanOrEqual(0);
    }
    await ada.goes();
    const cards = page.getByRole("article");
    await expect(cards.first()).toBeVisible();
    const rem = (16 * text) / 100;
    // All words that are not long ones: of two letters in a line nobody can read.
    const widths = await cards
      .locator("h3")
      .evaluateAll((all) => all.map((title) => title.getBoundingClientRect().width));
    expect(widths).not.toEqual([]);
    for (const one of widths) expect(one).toBeGreaterThan(5 * rem);
    if (width < 40 * rem) {
      const left = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().x));
      expect(new Set(left).size, "columns").toBe(1);
    }
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await expect(page.locator(":popover-open .color").first()).toBeVisible();
    await inside(page.locator(":popover-open button"));
    await page.keyboard.press("Escape");

    await ada.goes(`/?note=${note.id}`);
    await expect(ada.dialog.getByRole("toolbar")).toBeVisible();
    const tools = ada.dialog.locator(".editor .foot").getByRole("button");
    await inside(tools);
    const boxes = await tools.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    const over = boxes.some((a, at) =>
      boxes
        .slice(at + 1)
        .some((b) => a.right > b.x + 1 && b.right > a.x + 1 && a.bottom > b.y + 1 && b.bottom > a.y + 1),
    );
    expect(over, "one button over another").toBe(false);
    await ada.dialog.getByRole("button", { name: "Colour", exact: true }).click();
    await inside(page.locator(":popover-open").getByRole("radio"));
    await page.keyboard.press("Escape");
    await ada.dialog.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Share" }).click();
    await ada.dialog.getByLabel("Email address").fill("somebody@example.com");
    await ada.dialog.getByRole("button", { name: "Invite" }).click();
    const who = ada.dialog.getByText("somebody@example.com");
    await expect(who).toBeVisible();
    expect((await who.boundingBox())!.height, "an address on few lines").toBeLessThan(4.5 * rem);
    await inside(ada.dialog.locator("button, input, select"));
  });
}
