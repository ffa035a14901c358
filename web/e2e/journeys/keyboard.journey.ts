// The whole way without a mouse.
import { expect, test } from "../support/journey";

test("supports all common actions by keyboard", async ({ ada }) => {
  for (const title of ["Third", "Second", "First"]) await ada.has({ title });
  await ada.goes();
  const { keyboard } = ada.page;
  const link = (title: string) => ada.card(title).getByRole("link");

  // The first stop leads past the navigation.
  await keyboard.press("Tab");
  await expect(ada.page.getByRole("link", { name: "To the notes" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ada.page.getByRole("main")).toBeFocused();
  await keyboard.press("j");
  await expect(link("First")).toBeFocused();
  await keyboard.press("j");
  await expect(link("Second")).toBeFocused();
  await keyboard.press("k");
  await keyboard.press("Enter");
  await expect(ada.dialog).toBeVisible();
  await ada.title.focus();
  await keyboard.press("End");
  await keyboard.type(", read");
  await keyboard.press("Escape");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  // The focus is where it came from.
  await expect(link("First, read")).toBeFocused();

  await keyboard.press("p");
  await expect.poll(() => ada.cards("Pinned")).toEqual(["First, read"]);
  await link("Second").focus();
  await keyboard.press("e");
  await expect(ada.card("Second")).toHaveCount(0);
  await expect(link("Third")).toBeFocused();
  await keyboard.press("#");
  await expect(ada.card("Third")).toHaveCount(0);

  await keyboard.press("/");
  await keyboard.type("nothing like this");
  await expect(ada.page.getByText("Nothing found").first()).toBeVisible();
  await keyboard.press("Escape");
  await expect(ada.search).toHaveValue("");
  await keyboard.press("Escape");
  await keyboard.press("?");
  await expect(ada.page.getByRole("dialog", { name: "Keyboard and help" })).toBeVisible();
  await keyboard.press("Escape");
  await keyboard.press("n");
  // Nobody types before there is something to type into.
  await expect(ada.title).toBeFocused();
  await keyboard.type("By keyboard");
  await keyboard.press("Escape");
  await expect(ada.card("By keyboard")).toBeVisible();
  await expect.poll(() => ada.titles()).toEqual(["First, read", "By keyboard"]);
  expect(await ada.titles("archived")).toEqual(["Second"]);
  expect(await ada.titles("trash")).toEqual(["Third"]);
});

test("does what a key says that was pressed before its part was loaded", async ({ ada }) => {
  await ada.has({ title: "First" });
  const keyboard = await ada.holdsBack(/\/keyboard-/);
  await ada.goes();
  await ada.page.keyboard.press("j");
  await ada.page.keyboard.press("n");
  // Meant for the note that is on its way, not for the card: it would go to the trash.
  await ada.page.keyboard.press("#");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  keyboard();
  await expect(ada.title).toBeFocused();
  await ada.page.keyboard.press("Escape");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  expect(await ada.titles()).toEqual(["First"]);
});

test("keeps the focus in a dialog, and moves through menus with arrow keys", async ({ ada }) => {
  await ada.has({ title: "Alone" });
  await ada.goes();
  await ada.opens("Alone");
  await expect(ada.text).toBeVisible();
  for (let stop = 0; stop < 15; stop += 1) {
    await ada.page.keyboard.press("Tab");
    const place = await ada.page.evaluate(() => {
      const active = document.activeElement;
      // Between the last stop and the first the browser's own bar has the focus.
      return active === document.body || active?.closest("dialog") !== null;
    });
    expect(place, `stop ${stop}`).toBe(true);
  }
  await ada.closes();
  await ada.page.getByRole("button", { name: "Theme" }).focus();
  await ada.page.keyboard.press("Enter");
  // It is loaded when it is first opened.
  await expect(ada.page.getByRole("menuitemradio").first()).toBeVisible();
  await ada.page.keyboard.press("ArrowDown");
  await ada.page.keyboard.press("ArrowDown");
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByRole("button", { name: "Theme" })).toBeFocused();
  await expect(ada.page.getByRole("menu")).toHaveCount(0);
});
