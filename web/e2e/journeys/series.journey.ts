// Reminders that come again, and what other programs send to the page.
import { expect, KEPT, test } from "../support/journey";
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

test("creates a note from shared content, and opens app shortcuts", async ({ person }) => {
  const ada = await person("ada", KEPT);
  await ada.goes();
  await ada.isKept();
  await ada.page.evaluate(() => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/share";
    form.enctype = "multipart/form-data";
    for (const [name, value] of [
      ["title", "A page"],
      ["text", "Worth reading"],
      ["url", "https://example.com/a"],
    ] as const) {
      const input = document.createElement("input");
      input.name = name;
      input.value = value;
      form.append(input);
    }
    const file = document.createElement("input");
    file.type = "file";
    file.name = "files";
    const data = new DataTransfer();
    data.items.add(new File(["text"], "page.txt", { type: "text/plain" }));
    file.files = data.files;
    form.append(file);
    document.body.append(form);
    form.submit();
  });
  await expect(ada.title).toHaveValue("A page");
  await expect(ada.dialog.getByRole("link", { name: /page\.txt/ })).toBeVisible();
  const [note] = await ada.notes();
  expect(note).toMatchObject({ title: "A page", content: "Worth reading\n\nhttps://example.com/a" });
  await ada.goes("/?start=search");
  await expect(ada.search).toBeFocused();
  await ada.page.goto("/?note=new&start=checklist");
  await expect(ada.dialog.getByRole("checkbox")).toBeVisible();
  await ada.dialog.getByRole("textbox", { name: "Title" }).fill("List");
  await ada.isSaved();
});
