// Putting notes in another order: by mouse, by touch, by keyboard.
import { expect, test } from "../support/journey";
import type { Person } from "../support/person";

async function stock(person: Person): Promise<void> {
  for (const title of ["Three", "Two", "One"]) await person.has({ title, content: "Some lines\n\nof text" });
  await person.goes();
  await expect.poll(() => person.cards()).toEqual(["One", "Two", "Three"]);
}

async function middle(person: Person, title: string): Promise<{ x: number; y: number }> {
  const box = await person.card(title).boundingBox();
  if (!box) throw new Error(`${title} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function keeps(person: Person, titles: string[]): Promise<void> {
  await expect.poll(() => person.cards()).toEqual(titles);
  await expect.poll(() => person.titles()).toEqual(titles);
  await person.page.reload();
  await expect.poll(() => person.cards()).toEqual(titles);
}

test("moves a note by mouse without opening it", async ({ ada }) => {
  await stock(ada);
  const [from, to] = [await middle(ada, "One"), await middle(ada, "Three")];
  await ada.page.mouse.move(from.x, from.y);
  await ada.page.mouse.down();
  await ada.page.mouse.move(to.x, to.y, { steps: 20 });
  await expect.poll(() => ada.cards()).toEqual(["Two", "Three", "One"]);
  await ada.page.mouse.up();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await keeps(ada, ["Two", "Three", "One"]);
});

test("cancels a drag with Escape", async ({ ada }) => {
  await stock(ada);
  const [from, to] = [await middle(ada, "One"), await middle(ada, "Three")];
  await ada.page.mouse.move(from.x, from.y);
  await ada.page.mouse.down();
  await ada.page.mouse.move(to.x, to.y, { steps: 20 });
  await ada.page.keyboard.press("Escape");
  await ada.page.mouse.up();
  await keeps(ada, ["One", "Two", "Three"]);
});

test("moves a note by keyboard and keeps the focus", async ({ ada }) => {
  await stock(ada);
  await ada.card("One").getByRole("link").focus();
  await ada.page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => ada.cards()).toEqual(["Two", "One", "Three"]);
  await expect(ada.card("One").getByRole("link")).toBeFocused();
  await ada.page.keyboard.press("Shift+ArrowDown");
  await expect(ada.page.getByText("Moved to place 3 of 3")).toBeAttached();
  await keeps(ada, ["Two", "Three", "One"]);
});

test("moves a note by touch after a long press", async ({ person }) => {
  const ada = await person("touch", { hasTouch: true, viewport: { width: 1024, height: 768 } });
  await stock(ada);
  await ada.holds(ada.card("One"), ada.card("Three"));
  await keeps(ada, ["Two", "Three", "One"]);
});
