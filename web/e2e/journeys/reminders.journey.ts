// Reminders: given, listed, and told when their time has come.
import { expect, test } from "../support/journey";

test("lists reminders in the order of their time", async ({ ada }) => {
  await ada.has({ title: "Later", reminderAt: "2031-01-02T10:00:00Z" });
  await ada.has({ title: "Sooner", reminderAt: "2030-01-02T10:00:00Z" });
  await ada.has({ title: "Never" });
  await ada.goes();
  await ada.presses("Never", "Reminder");
  await ada.page.getByRole("button", { name: "Tomorrow morning" }).click();
  await expect(ada.card("Never")).toContainText(/Tomorrow, 0?8:00/);
  await ada.page.getByRole("link", { name: "Reminders" }).click();
  await expect.poll(() => ada.cards("Upcoming")).toEqual(["Never", "Sooner", "Later"]);
  await ada.opens("Later");
  await ada.dialog.getByRole("button", { name: "Remove the reminder" }).click();
  await ada.isSaved();
  await ada.closes();
  await expect.poll(() => ada.cards("Upcoming")).toEqual(["Never", "Sooner"]);
});

test("reminds of archived notes, and adds a reminder to notes of the reminder view", async ({ ada }) => {
  await ada.has({ title: "Here", reminderAt: "2030-01-02T10:00:00Z" });
  const { id } = await ada.has({ title: "Put aside", reminderAt: "2029-01-02T10:00:00Z" });
  await ada.api("POST", `/notes/${id}/archive`, undefined, { "if-match": "*" });
  const gone = await ada.has({ title: "Thrown away", reminderAt: "2029-01-02T10:00:00Z" });
  await ada.api("DELETE", `/notes/${gone.id}`, undefined, { "if-match": "*" });
  await ada.goes("/reminders");
  await expect.poll(() => ada.cards("Upcoming")).toEqual(["Put aside", "Here"]);
  await expect(ada.card("Put aside")).toContainText("Archive");
  await expect(ada.card("Here")).not.toContainText("Archive");
  await ada.writes("Call back");
  await expect.poll(() => ada.cards("Upcoming")).toEqual(["Call back", "Put aside", "Here"]);
  await expect
    .poll(async () => (await ada.notes()).find(({ title }) => title === "Call back")?.reminderAt)
    .toBeTruthy();
  // Without its reminder it belongs elsewhere.
  await ada.page.getByRole("link", { name: "Take a note" }).first().click();
  await ada.title.fill("Some time");
  await ada.dialog.getByRole("button", { name: "Remove the reminder" }).click();
  await ada.isSaved();
  await ada.closes();
  await expect.poll(() => ada.cards("Upcoming")).toEqual(["Call back", "Put aside", "Here"]);
  await expect.poll(() => ada.titles()).toContain("Some time");
});

test("announces a reminder once in the open page, with a link to its note", async ({ ada }) => {
  await ada.goes("/archive");
  const reminderAt = new Date(Date.now() + 1500).toISOString();
  await ada.has({ title: "Take the bread out", content: "Of the oven", reminderAt });
  const told = ada.messages.getByText(/^Reminder: Take the bread out · Today, /);
  await expect(told).toBeVisible();
  await ada.messages.getByRole("button", { name: "Open" }).click();
  await expect(ada.title).toHaveValue("Take the bread out");
  await ada.closes();
  await ada.goes("/reminders");
  await expect.poll(() => ada.cards("Past")).toEqual(["Take the bread out"]);
  // What is due later is told after all that is due before.
  await ada.has({ title: "Then the butter", reminderAt: new Date(Date.now() + 1000).toISOString() });
  await expect(ada.messages).toContainText("Reminder: Then the butter");
  await expect(told).toHaveCount(0);
});

test("counts reminders on the icon of the installed page until they are looked at", async ({ ada }) => {
  // No browser of a test is installed: what the page would have it show.
  await ada.page.addInitScript(() => {
    const page = globalThis as unknown as { badge: number; seen: DocumentVisibilityState };
    Object.assign(page, { badge: -1, seen: "visible" });
    const show = (count = 0) => Promise.resolve(void (page.badge = count));
    Object.assign(navigator, { setAppBadge: show, clearAppBadge: () => show() });
    Object.defineProperty(document, "visibilityState", { get: () => page.seen });
  });
  const badge = () => ada.page.evaluate(() => (globalThis as unknown as { badge: number }).badge);
  const turns = (seen: DocumentVisibilityState) =>
    ada.page.evaluate((seen) => {
      Object.assign(globalThis, { seen });
      document.dispatchEvent(new Event("visibilitychange"));
    }, seen);
  const comes = (title: string) => ada.has({ title, reminderAt: new Date(Date.now() + 1500).toISOString() });
  await ada.goes();
  // What came before somebody first looked does not count.
  await expect.poll(badge).toBe(0);
  await comes("Bread");
  await expect.poll(badge).toBe(1);
  await comes("Butter");
  await expect.poll(badge).toBe(2);
  await ada.follows("/reminders");
  await expect.poll(badge).toBe(0);
  // The list is still shown, but nobody sees it.
  await turns("hidden");
  await comes("Jam");
  await expect.poll(badge).toBe(1);
  await turns("visible");
  await expect.poll(badge).toBe(0);
});
