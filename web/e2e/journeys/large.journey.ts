// Text of 200 and 400 percent, as the zoom of browsers and as larger letters: one column, nothing cut off, nothing over something else.
import { expect, type Person, test } from "../support/journey";

interface Size {
  name: string;
  viewport: { width: number; height: number };
  letters: number;
  columns?: number;
}

/** A window of 1280 × 800 pixels at a zoom of 400 percent has 320 × 200. */
const SIZES: Size[] = [
  { name: "200 % zoom", viewport: { width: 640, height: 400 }, letters: 1 },
  { name: "400 % zoom", viewport: { width: 320, height: 200 }, letters: 1, columns: 1 },
  { name: "letters of 200 %", viewport: { width: 1280, height: 800 }, letters: 2 },
  { name: "letters of 400 %", viewport: { width: 1280, height: 800 }, letters: 4, columns: 1 },
  { name: "letters of 200 % on a phone", viewport: { width: 390, height: 844 }, letters: 2, columns: 1 },
];

/** What is wrong with what is shown. */
function faults({ page }: Person, part: string): Promise<string[]> {
  return page.evaluate(async (part) => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth - innerWidth} pixels too wide`);
    const isSeen = (node: Element): boolean =>
      node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !node.closest(".visually-hidden, [inert]");
    const scrolls = (node: Element): boolean => {
      for (let up: Element | null = node; up; up = up.parentElement)
        if (["auto", "scroll"].includes(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth) return true;
      return false;
    };
    const area = document.querySelector(part)!;

    // Words stay whole: what is split has lines of one and two letters sooner or later.
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (!isSeen(parent) || parent.closest("pre, code, [data-long]")) continue;
      for (const { 0: word, index } of node.nodeValue!.matchAll(/\p{L}{2,}/gu)) {
        // Longer ones may need more than a line.
        if (word.length > 12) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(`"${word}" is split`);
      }
    }

    // What can be pressed is in the window, whole, and on top.
    for (const node of area.querySelectorAll<HTMLElement>("a[href]:not(.open), button, input, select, textarea")) {
      if (!isSeen(node)) continue;
      node.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      await new Promise((done) => requestAnimationFrame(done));
      const { left, right, width, height } = node.getBoundingClientRect();
      if (width < 2 || height < 2 || !node.isConnected) continue;
      const name = `${node.localName} "${node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 30)}"`;
      if ((left < -1 || right > innerWidth + 1) && !scrolls(node)) found.push(`${name} goes beyond the window`);
      const { overflowX, textOverflow } = getComputedStyle(node);
      if (
        node.matches("a, button") &&
        overflowX !== "visible" &&
        textOverflow !== "ellipsis" &&
        node.scrollWidth > node.clientWidth + 1
      )
        found.push(`${name} is cut off`);
      // Of words that go on in the next line, the first part.
      const first = node.getClientRects()[0] ?? node.getBoundingClientRect();
      const [x, y] = [
        (first.left + first.right) / 2,
        (Math.max(0, first.top) + Math.min(innerHeight, first.bottom)) / 2,
      ];
      const hit = document.elementFromPoint(x, y);
      if (hit && !node.contains(hit) && !hit.contains(node) && !(node as HTMLInputElement).labels?.[0]?.contains(hit))
        found.push(`${name} is below ${hit.localName}.${hit.className} "${hit.textContent.trim().slice(0, 20)}"`);
    }
    return found;
  }, part);
}

async function isFine(person: Person, state: string, part = "body"): Promise<void> {
  expect.soft(await faults(person, part), state).toEqual([]);
}

for (const { name, viewport, letters, columns } of SIZES) {
  test(`shows everything with ${name}`, async ({ person, visitor }) => {
    const options = { viewport, reducedMotion: "reduce" } as const;
    // The size that people choose in their browser, to which the conditions of styles are relative, too.
    const grow = async ({ context, page }: Person) => {
      const devtools = await context.newCDPSession(page);
      await devtools.send("Page.enable");
      await devtools.send("Page.setFontSizes", { fontSizes: { standard: 16 * letters, fixed: 13 * letters } });
    };
    const guest = await visitor(options);
    guest.watch.expect(/401/);
    await grow(guest);
    await guest.page.goto("/register");
    await expect(guest.page.getByRole("button", { name: "Create an account" })).toBeVisible();
    await isFine(guest, "registration");

    const ada = await person("large", options);
    await grow(ada);
    const { id: label } = await ada.label("Household");
    const { id } = await ada.has({
      title: "Ingredients of a cake",
      content:
        "Everything for Saturday, with links to [a recipe](https://example.com).\n\n- [x] flour\n- [ ] blackberries",
      labelIds: [label],
      color: "yellow",
    });
    await ada.has({ title: "Dentist", content: "Appointment", reminderAt: "2031-05-04T08:00:00Z" });
    await ada.has({ title: "Words", content: "Words\n\n1. First\n2. Second\n   - Nested" });
    await ada.goes();
    // As many as are near the window.
    await expect(ada.page.getByRole("article").first()).toBeVisible();
    if (columns) {
      const left = await ada.page
        .getByRole("article")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
      expect.soft(new Set(left.map(Math.round)).size, "columns").toBe(columns);
    }
    await isFine(ada, "board");
    await ada.page.goto(`/?note=${id}`);
    await expect(ada.text).toContainText("Saturday");
    await isFine(ada, "note", "dialog[open]");
    await ada.page.goto("/labels");
    await expect(ada.page.getByRole("textbox", { name: /Household|Name/ }).first()).toBeVisible();
    await isFine(ada, "labels");
    await ada.page.goto("/settings");
    await expect(ada.page.getByRole("heading", { name: "Webhooks", exact: true })).toBeVisible();
    await isFine(ada, "settings");
  });
}
