// Reminders that come again.
import { expect, test } from "../support/journey";
import { isSeemly } from "../support/seen";

interface Series {
  reminderAt?: string;
  recurrence?: { rule: string; timeZone: string; start: string };
}

test("repeats a reminder, skips one occurrence, and ends the series", async ({ ada }) => {
  const { id } = await ada.has({ title: "Water the plants" });
  await ada.goes();
  await ada.presses("Water the plants", "Reminder");
  await ada.page.getByLabel("Day and time").fill("2031-03-03T09:30");
  await ada.page.getByLabel("Repeat").selectOption("Weekly");
  await ada.page.getByRole("button", { name: "Thursday" }).click();
  await ada.page.getByLabel("Every", { exact: true }).fill("2");
  await ada.page.getByLabel("Ends").selectOption("after");
  await ada.page.getByLabel("Number of times").fill("6");
  await expect(ada.page.getByText("Every 2 weeks on Monday and Thursday, 6 times")).toBeVisible();
  await isSeemly(ada.page, "series-picker");
  await ada.page.getByRole("button", { name: "Set", exact: true }).click();
  const note = (): Promise<Series> => ada.api("GET", `/notes/${id}`);
  await expect.poll(async () => (await note()).recurrence?.rule).toBe("FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=MO,TH");
  expect(await note()).toMatchObject({
    reminderAt: "2031-03-03T08:30:00Z",
    recurrence: { timeZone: "Europe/Berlin", start: "2031-03-03T09:30:00" },
  });
  await expect(ada.card("Water the plants")).toContainText("3 Mar 2031, 09:30");

  await ada.presses("Water the plants", "Reminder");
  await ada.page.getByRole("button", { name: "Skip this one" }).click();
  await expect(ada.messages).toContainText("The next reminder is 6 Mar 2031");
  await expect.poll(async () => (await note()).reminderAt).toBe("2031-03-06T08:30:00Z");
  expect((await note()).recurrence?.rule).toContain("COUNT=6");

  await ada.presses("Water the plants", "Reminder");
  await expect(ada.page.getByLabel("Repeat")).toHaveValue("WEEKLY");
  await ada.page.getByLabel("Repeat").selectOption("Does not repeat");
  await ada.page.getByRole("button", { name: "Set", exact: true }).click();
  await expect.poll(async () => (await note()).recurrence).toBeUndefined();
  expect((await note()).reminderAt).toBeTruthy();
});
