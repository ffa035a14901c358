// What the system shows of reminders: in the whole browser, because Chromium without windows has neither notifications nor push messages.
import { chromium } from "../support/browser";
import { expect, test } from "../support/journey";
import { isSeemly } from "../support/seen";

test.use({ launchOptions: chromium("chromium"), serviceWorkers: "allow" });

test("shows a notification outside of the page while the page is hidden", async ({ ada }) => {
  await ada.has({ title: "Bread" });
  await ada.page.addInitScript(() => {
    // A browser that is driven asks nobody, and all of its pages are looked at.
    let permission: NotificationPermission = "default";
    Object.defineProperty(Notification, "permission", { get: () => permission });
    Notification.requestPermission = () => Promise.resolve((permission = "granted"));
    addEventListener("away", () => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
  });
  await ada.context.grantPermissions(["notifications"]);
  await ada.goes();
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await ada.presses("Bread", "Reminder");
  await ada.page.getByRole("button", { name: "Notify me outside this page too" }).click();
  await expect(ada.page.getByRole("button", { name: "Notify me outside this page too" })).toHaveCount(0);
  await ada.page.keyboard.press("Escape");
  const notifications = () =>
    ada.page.evaluate(async () => {
      const shown = await (await navigator.serviceWorker.ready).getNotifications();
      return shown.map(({ body, data }) => [body.split(" · ")[0], data as unknown]);
    });
  const due = (title: string) => ada.has({ title, reminderAt: new Date(Date.now() + 1000).toISOString() });
  await due("Seen");
  await expect(ada.messages).toContainText("Reminder: Seen");
  expect(await notifications()).toEqual([]);
  await ada.page.evaluate(() => dispatchEvent(new Event("away")));
  const { id } = await due("Unseen");
  await expect.poll(notifications).toEqual([["Unseen", id]]);
});

test("shows push messages, and reports a browser without a push service", async ({ ada }) => {
  const { id } = await ada.has({ title: "Bread" });
  await ada.context.grantPermissions(["notifications"]);
  await ada.goes("/settings");
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const reminders = ada.page.getByRole("region", { name: "Reminders" });
  const here = reminders.getByRole("switch", { name: "Remind me on this device when the page is closed" });
  await expect(here).not.toBeChecked();
  await isSeemly(ada.page, "series-settings");
  // Nothing that is driven by a test has a push service.
  ada.watch.expect(/Push API in incognito mode/);
  await here.click();
  await expect(reminders.getByRole("alert")).toContainText("could not be subscribed");
  await expect(here).not.toBeChecked();
  await reminders.getByRole("switch", { name: "Show titles of notes in messages" }).click();
  await expect.poll(async () => (await ada.api<{ showTitle: boolean }>("GET", "/me/reminders")).showTitle).toBe(false);

  const devtools = await ada.context.newCDPSession(ada.page);
  const registrations: string[] = [];
  devtools.on("ServiceWorker.workerRegistrationUpdated", (event) =>
    registrations.push(...event.registrations.map(({ registrationId }) => registrationId)),
  );
  await devtools.send("ServiceWorker.enable");
  await expect.poll(() => registrations.length).toBeGreaterThan(0);
  const message = { type: "reminder", noteId: id, reminderAt: "2031-01-01T08:00:00Z", title: "Bread" };
  await devtools.send("ServiceWorker.deliverPushMessage", {
    origin: new URL(ada.page.url()).origin,
    registrationId: registrations.at(-1)!,
    data: JSON.stringify(message),
  });
  await expect
    .poll(() =>
      ada.page.evaluate(async () => {
        const shown = await (await navigator.serviceWorker.ready).getNotifications();
        return shown.map(({ title, body, data }) => [title, body.split(" · ")[0], data as unknown]);
      }),
    )
    .toEqual([["Reminder", "Bread", id]]);
});
