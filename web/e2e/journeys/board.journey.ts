// A board with more notes than a window shows: what is there, what stays, and what is done with all of them.
import { expect, test } from "../support/journey";
import type { Person } from "../support/person";

/** As many notes as are on the board, named by their places. */
async function fills(person: Person, many: number): Promise<void> {
  const at = "2026-01-05T08:00:00Z";
  const notes = Array.from({ length: many }, (_, index) => ({
    id: `00000000-0000-7000-8000-${(index + 1).toString(16).padStart(12, "0")}`,
    version: 1,
    title: `Note ${index + 1}`,
    content: "Some words. ".repeat(1 + (index % 23)),
    color: "white",
    pinned: false,
    place: "active",
    labels: [],
    createdAt: at,
    updatedAt: at,
  }));
  await person.api("POST", "/import", { format: "notes", version: 1, labels: [], filters: [], notes });
  await person.goes();
  await expect(person.page.getByRole("article").first()).toBeVisible();
}

/** Presses End until the last note is there. */
async function reaches(person: Person, title: string): Promise<void> {
  await expect(async () => {
    await person.page.keyboard.press("End");
    await expect(person.card(title)).toBeInViewport({ timeout: 500 });
  }).toPass();
}

/** Waits until cards have come, gone and found their places: a slow machine does that in many frames. */
async function rests(person: Person): Promise<void> {
  await person.page.evaluate(async () => {
    for (let [last, same] = ["", 0]; same < 10;) {
      await new Promise((done) => requestAnimationFrame(done));
      const cards = [...document.querySelectorAll<HTMLElement>("li[data-id]")];
      const now = `${scrollY} ${cards.map((card) => `${card.dataset["id"]} ${card.style.transform}`).join()}`;
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}

test("renders only cards near the viewport, and reaches every note", async ({ ada }) => {
  await fills(ada, 400);
  const [first, last] = ((titles: string[]) => [titles[0]!, titles.at(-1)!])(
    (await ada.cards())[0] === "Note 1" ? ["Note 1", "Note 400"] : ["Note 400", "Note 1"],
  );
  await reaches(ada, last);
  expect(await ada.page.getByRole("article").count()).toBeLessThan(150);
  await expect(ada.page.locator("li[aria-posinset='400']")).toHaveAttribute("aria-setsize", "400");
  await ada.page.keyboard.press("Home");
  await expect(ada.card(first)).toBeInViewport();
  await expect(ada.card(last)).toHaveCount(0);

  // The focus goes anywhere, and is not lost when its card leaves the window.
  await ada
    .card(first)
    .getByRole("link", { name: `Open ${first}` })
    .focus();
  await ada.page.keyboard.press("End");
  await expect(ada.card(last).getByRole("link", { name: `Open ${last}` })).toBeFocused();
  await expect(ada.card(last)).toBeInViewport();
  await ada.page.evaluate(() => scrollTo(0, 0));
  await expect(ada.card(first)).toBeInViewport();
  await expect(ada.card(last).getByRole("link", { name: `Open ${last}` })).toBeFocused();
  await ada.page.keyboard.press("k");
  await expect(ada.card(first)).not.toBeInViewport();

  // Cards do not move while heights above them become known.
  const middle = ada.page.locator("li[aria-posinset='200']");
  await expect(async () => {
    await ada.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    await expect(ada.page.getByRole("article").first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await rests(ada);
  const held = ada.page.locator("li:has(article)").filter({ visible: true }).nth(10);
  const id = (await held.getAttribute("data-id"))!;
  const card = ada.page.locator(`li[data-id="${id}"]`);
  await card.scrollIntoViewIfNeeded();
  await rests(ada);
  for (let step = 0; step < 5; step += 1) {
    const before = (await card.boundingBox())!.y;
    const moved = await ada.page.evaluate(async () => {
      const from = scrollY;
      scrollBy(0, -60);
      const by = scrollY - from;
      for (let frame = 0; frame < 4; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      return by;
    });
    expect(Math.abs((await card.boundingBox())!.y - before + moved)).toBeLessThanOrEqual(1);
  }
  await expect(middle).toHaveCount(await middle.count());

  // An open note, and going elsewhere and back, lead to where one was.
  const title = (await card.getByRole("article").getAttribute("aria-label"))!;
  // Opening scrolls to a card that is cut off: it is all there before.
  await card.scrollIntoViewIfNeeded();
  await rests(ada);
  // The place on screen: pixels from the top of the page change while heights above become known.
  const top = (await card.boundingBox())!.y;
  await ada.opens(title);
  await ada.closes();
  await expect.poll(async () => Math.abs((await card.boundingBox())!.y - top)).toBeLessThanOrEqual(1);
  await ada.page.getByRole("navigation").getByRole("link", { name: "Archive" }).click();
  await expect(ada.page.getByText("The archive is empty")).toBeVisible();
  await ada.page.goBack();
  await expect(card).toBeInViewport();
  // The card on top is where it was; those of other columns stand on estimates of what is above them, which are less than a small card off.
  await expect.poll(async () => Math.abs((await card.boundingBox())!.y - top)).toBeLessThanOrEqual(80);

  // Ctrl+F leads to the search of all notes once, and then to the browser's.
  await ada.page.keyboard.press("Escape");
  await ada.page.keyboard.press("Control+f");
  await expect(ada.search).toBeFocused();
  await expect(ada.messages).toContainText("Search looks through all notes");

  // Paper has all of them.
  await ada.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await ada.page.emulateMedia({ media: "print" });
  await expect(ada.page.locator("body > section > article")).toHaveCount(400);
  await expect(ada.page.getByRole("main")).toBeHidden();
  await ada.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await ada.page.emulateMedia({ media: "screen" });
  await expect(ada.page.getByRole("main")).toBeVisible();
});

test("selects a range or all notes, changes them together, and undoes the change", async ({ ada }) => {
  await fills(ada, 60);
  const bar = ada.page.getByRole("toolbar", { name: "Selected notes" });
  const [one, two, three, four] = await ada.cards();
  await ada.card(one!).hover();
  await ada.page.getByRole("button", { name: `Select ${one}`, exact: true }).click();
  await expect(bar).toContainText("1 selected");
  await ada.card(four!).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 selected");
  await ada.card(two!).click();
  await expect(bar).toContainText("3 selected");
  await ada.page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await ada.card(three!).getByRole("link").first().focus();
  await ada.page.keyboard.press("Control+a");
  await expect(bar).toContainText("60 selected");
  await bar.getByRole("button", { name: "Archive" }).click();
  await expect(ada.messages).toContainText("60 notes archived");
  await expect(ada.page.getByRole("article")).toHaveCount(0);
  await ada.messages.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await ada.notes()).length).toBe(60);
  await expect(ada.page.getByRole("article").first()).toBeVisible();
});
