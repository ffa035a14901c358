// On a phone.
import type { Locator } from "@playwright/test";
import { expect, test } from "../support/journey";
import type { Person } from "../support/person";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
/** As narrow as phones are. */
const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

test("shows drawer and note on a phone without horizontal scrolling", async ({ person }) => {
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
  await ada.dialog.getByRole("button", { name: "More" }).tap();
  await ada.page.getByRole("menuitem", { name: "Archive" }).tap();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => ada.titles("archived")).toEqual(["From the phone"]);
});

test("selects a note by a long press", async ({ person }) => {
  const ada = await person("rests", NARROW);
  for (const title of ["One", "Two", "Three"]) await ada.has({ title });
  await ada.goes();
  const selected = ada.page.getByRole("toolbar", { name: "Selected notes" });
  await ada.holds(ada.card("One"));
  await expect(selected).toContainText("1 selected");
  await ada.card("Two").tap();
  await expect(selected).toContainText("2 selected");
  // Everything that can be done with them is within the screen.
  for (const button of await selected.getByRole("button").all()) await expect(button).toBeInViewport({ ratio: 1 });
  await selected.getByRole("button", { name: "Move to trash" }).tap();
  await expect.poll(() => ada.titles()).toEqual(["Three"]);
  // Also where notes have no order of their own.
  await ada.goes("/trash");
  await ada.holds(ada.card("One"));
  await expect(selected).toContainText("1 selected");
  await selected.getByRole("button", { name: "Restore" }).tap();
  await expect.poll(() => ada.titles("trash")).toEqual(["Two"]);
});

const LONG = Array.from({ length: 40 }, (_, line) => `Line ${line}`).join("\n\n");

/** Text and toolbar are above `bottom`, and every button is drawn near. */
async function isAbove(ada: Person, bottom: number): Promise<void> {
  const bar = ada.dialog.getByRole("toolbar", { name: "Formatting" });
  const below = async () => (await bar.boundingBox())!.y + (await bar.boundingBox())!.height;
  await expect.poll(below).toBeLessThanOrEqual(bottom);
  const foot = (await ada.dialog.getByRole("button", { name: "Colour" }).boundingBox())!;
  expect(foot.y + foot.height).toBeLessThanOrEqual(bottom);
  const text = (await ada.text.locator("..").boundingBox())!;
  expect(Math.min(text.y + text.height, await below()) - text.y, "lines to write in").toBeGreaterThan(140);
  // One toolbar for everything, with what is needed most; looks are behind a button.
  for (const name of ["Undo", "Redo", "Formatting", "Checklist"]) {
    await expect(bar.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
  }
  await bar.getByRole("button", { name: "Formatting" }).tap();
  for (const name of ["Bold", "Table"]) {
    const button = bar.getByRole("button", { name });
    await button.scrollIntoViewIfNeeded();
    await expect(button).toBeInViewport({ ratio: 1 });
  }
  await bar.getByRole("button", { name: "Back" }).tap();
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

test("zooms with two fingers, and neither selects, moves nor opens a note", async ({ person }) => {
  const ada = await person("pinches", PHONE);
  for (const title of ["One", "Two", "Three", "Four"]) await ada.has({ title, content: "Words to look at" });
  await ada.goes();
  const order = await ada.cards();
  const devtools = await ada.context.newCDPSession(ada.page);
  const scale = () => ada.page.evaluate(() => visualViewport!.scale);
  const pinches = async (scaleFactor: number, what: Locator) => {
    const { x, y, width, height } = (await what.boundingBox())!;
    await devtools.send("Input.synthesizePinchGesture", { x: x + width / 2, y: y + height / 2, scaleFactor });
  };
  const isAsBefore = async () => {
    await expect(ada.page.getByRole("toolbar", { name: "Selected notes" })).toHaveCount(0);
    await expect(ada.page.getByRole("dialog")).toHaveCount(0);
    expect(await ada.cards()).toEqual(order);
  };
  await expect(ada.card("One")).toBeVisible();
  await pinches(2, ada.card("One"));
  expect(await scale()).toBeGreaterThan(1.5);
  await isAsBefore();
  await pinches(0.25, ada.card("One"));
  expect(await scale()).toBe(1);

  // Fingers that rest before they spread: longer than one that means a card.
  const [one, two] = [(await ada.card("One").boundingBox())!, (await ada.card("Two").boundingBox())!];
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart?: number) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: [one, two]
        .map(({ x, y, width, height }, id) => ({
          id,
          x: x + width / 2,
          y: y + height / 2 + (id ? 1 : -1) * (apart ?? 0),
        }))
        .slice(0, apart === undefined ? 0 : 2),
    });
  // Twice: the first time, what holds a card is still to be loaded.
  for (let time = 0; time < 2; time += 1) {
    await touch("touchStart", 0);
    await ada.page.waitForTimeout(700);
    await expect(ada.page.locator("li.held")).toHaveCount(0);
    for (let apart = 10; apart <= 60; apart += 10) await touch("touchMove", apart);
    await touch("touchEnd");
    await isAsBefore();
    await pinches(0.1, ada.card("One"));
    expect(await scale()).toBe(1);
  }

  // An open note, and its text, too.
  await ada.card("One").tap();
  await expect(ada.text).toContainText("Words to look at");
  await pinches(2, ada.text);
  expect(await scale()).toBeGreaterThan(1.5);
  await expect(ada.title).toHaveValue("One");
  expect((await ada.notes()).map(({ version }) => version)).toEqual([1, 1, 1, 1]);
});

test("keeps text and toolbar visible above the keyboard of a phone", async ({ person }) => {
  const ada = await person("keys", NARROW);
  const { id } = await ada.has({ title: "A long note", content: LONG, reminderAt: "2031-05-04T08:00:00Z" });
  await ada.goes(`/?note=${id}`);
  await ada.text.getByText("Line 0").tap();
  await isAbove(ada, 740);
  // The keyboard takes its part of the screen, as the page has asked for.
  await expect(ada.page.locator('meta[name="viewport"]')).toHaveAttribute(
    "content",
    /interactive-widget=resizes-content/,
  );
  await ada.page.setViewportSize({ width: 360, height: 400 });
  await isAbove(ada, 400);
  await ada.dialog.getByRole("button", { name: "Checklist" }).tap();
  // The keyboard would go with the focus.
  await expect(ada.text).toBeFocused();
  await expect(ada.text.getByRole("checkbox").first()).toBeVisible();
});

test("keeps text and toolbar visible when the keyboard overlays the page", async ({ person }) => {
  const ada = await person("over", NARROW);
  const { id } = await ada.has({ title: "A long note", content: LONG });
  // No browser here has such a keyboard: what the page is told when there is one.
  await ada.page.addInitScript(() => {
    let seen = 0;
    Object.defineProperty(visualViewport, "height", { get: () => seen || innerHeight });
    addEventListener("keyboard", (event) => {
      seen = (event as CustomEvent<number>).detail;
      visualViewport!.dispatchEvent(new Event("resize"));
    });
  });
  await ada.goes(`/?note=${id}`);
  await ada.text.getByText("Line 0").tap();
  await ada.page.evaluate(() => dispatchEvent(new CustomEvent("keyboard", { detail: 400 })));
  await isAbove(ada, 400);
});

test("moves a checklist item by dragging its grip with a finger", async ({ person }) => {
  const ada = await person("drags", NARROW);
  const { id } = await ada.has({ title: "Shop", content: "- [ ] one\n- [ ] two\n- [ ] three" });
  await ada.goes(`/?note=${id}`);
  const grips = ada.text.locator(".grip");
  await expect(grips).toHaveCount(3);
  await ada.holds(grips.last(), ada.text.getByText("one"));
  await expect
    .poll(async () => (await ada.notes())[0]?.content, { timeout: 15_000 })
    .toMatch(/^(?:- \[ \] three\n- \[ \] one|- \[ \] one\n- \[ \] three)\n- \[ \] two$/);
});
