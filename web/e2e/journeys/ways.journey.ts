// The ways in, as the page offers them: second steps, passkeys, and what is set up for them.
import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { device } from "../support/device";
import { expect, type Person, test } from "../support/journey";
import { PASSWORD } from "../support/person";
import { isSeemly } from "../support/seen";
import { code } from "../support/totp";

const NOBODY = /401/;

function part({ page }: Person, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function signsOut({ page, context }: Person): Promise<void> {
  await page.getByRole("button", { name: "Account", exact: true }).click();
  const ending = context.waitForEvent("response", (response) => response.url().endsWith("/api/auth/logout"));
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await ending;
}

/** The form for signing in has the same heading as the board. */
async function isIn({ page }: Person): Promise<void> {
  await expect(page.getByRole("button", { name: "Account", exact: true })).toBeVisible();
}

async function signsIn({ page }: Person, name: string): Promise<void> {
  await page.getByLabel("Email or username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
}

test("requires a code of an authenticator app or a recovery code at sign-in", async ({ ada, again }) => {
  const other = await again(ada);
  other.watch.expect(NOBODY);
  ada.watch.expect(NOBODY, /422/);
  await ada.goes("/settings/two-factor");
  const section = part(ada, "Two-factor authentication");
  await expect(section.getByRole("heading", { level: 2 })).toBeFocused();
  await section.getByRole("button", { name: "Set up an app" }).click();
  await section.getByLabel("Password", { exact: true }).fill("not my password");
  await ada.page.keyboard.press("Enter");
  await expect(section.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(section).toContainText("is not the password of this account");
  await section.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.page.keyboard.press("Enter");
  await expect(section.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const secret = await section.locator("code").innerText();
  await isSeemly(ada.page, "two-factor");
  await section.getByLabel("Code", { exact: true }).fill("12");
  await section.getByRole("button", { name: "Turn on" }).click();
  await expect(section.getByLabel("Code", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await section.getByLabel("Code", { exact: true }).fill(code(secret));
  await section.getByRole("button", { name: "Turn on" }).click();
  const codes = section.locator(".codes li");
  await expect(codes).toHaveCount(10);
  const [first, second] = await codes.allInnerTexts();
  const arriving = ada.page.waitForEvent("download");
  await section.getByRole("button", { name: "Download" }).click();
  expect(await readFile(await (await arriving).path(), "utf8")).toContain(first);
  await isSeemly(ada.page, "recovery-codes");
  // On paper there are the codes and nothing else.
  await ada.page.emulateMedia({ media: "print" });
  await expect(codes.first()).toBeVisible();
  await expect(ada.page.getByRole("heading", { level: 2, name: "Profile" })).toBeHidden();
  await expect(ada.search).toBeHidden();
  await ada.page.emulateMedia({ media: "screen" });
  await section.getByRole("button", { name: "I have saved them" }).click();
  await expect(codes).toHaveCount(0);
  await expect(section).toContainText("10 of 10 left");
  // The other session began without it.
  await other.page.goto("/");
  await expect(other.page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();

  await signsOut(ada);
  await signsIn(ada, ada.name);
  await expect(ada.page.getByRole("heading", { level: 1, name: "One more step" })).toBeVisible();
  const field = ada.page.getByLabel("Code", { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await isSeemly(ada.page, "second-step");
  await field.fill("000000");
  await ada.page.keyboard.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  // The one that was used works no more: the next one does, which an app shows within 30 seconds.
  await field.fill(code(secret, 1));
  await ada.page.keyboard.press("Enter");
  await isIn(ada);

  // A session that ends asks the same.
  await ada.context.clearCookies();
  await ada.page.reload();
  const back = ada.page.getByRole("dialog", { name: "Sign in again" });
  await back.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.page.keyboard.press("Enter");
  await back.getByRole("button", { name: "Use a recovery code" }).click();
  await back.getByLabel("Recovery code").fill(second!.toLowerCase().replaceAll("-", " "));
  await ada.page.keyboard.press("Enter");
  await expect(back).toHaveCount(0);

  await ada.goes("/settings/two-factor");
  await expect(section).toContainText("9 of 10 left");
  await section.getByRole("button", { name: "Turn off the app" }).click();
  await section.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await section.getByLabel("Code or recovery code").fill(first!);
  await ada.page.keyboard.press("Enter");
  await expect(section.getByRole("button", { name: "Set up an app" })).toBeVisible();
});

test("adds, names and removes a passkey, and signs in with it", async ({ person, service }) => {
  const ada = await person("finger", { baseURL: service.page });
  ada.watch.expect(NOBODY);
  await ada.goes("/settings/passkeys");
  await device(ada);
  const section = part(ada, "Passkeys");
  await section.getByRole("button", { name: "Add a passkey" }).click();
  await expect(section.getByLabel("Name")).toHaveValue("Chrome on Linux");
  await section.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await section.getByRole("button", { name: "Continue" }).click();
  await expect(section.locator(".codes li")).toHaveCount(10);
  await section.getByRole("button", { name: "I have saved them" }).click();
  await section.getByRole("button", { name: "Rename" }).click();
  await section.getByLabel("Name").fill("My laptop");
  await ada.page.keyboard.press("Enter");
  await expect(section.getByRole("listitem")).toContainText("My laptop");
  await expect(section.getByRole("listitem")).toContainText("Never used");
  // A device has one of them.
  await section.getByRole("button", { name: "Add a passkey" }).click();
  await section.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await section.getByRole("button", { name: "Continue" }).click();
  await expect(section.getByRole("alert")).toContainText("This device has a passkey for your account already.");
  await section.getByRole("button", { name: "Cancel" }).click();
  await isSeemly(ada.page, "passkeys");

  // The browser suggests it, and this device takes the suggestion at once.
  const taken = ada.page.waitForResponse((response) => response.url().endsWith("/api/auth/passkey"));
  await signsOut(ada);
  await taken;
  await isIn(ada);
  // Other browsers suggest nothing.
  await ada.page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await ada.goes();
  await signsOut(ada);
  await expect(ada.page.getByLabel("Email or username")).toHaveAttribute("autocomplete", "username webauthn");
  await ada.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await isIn(ada);

  // Who has just signed in by it needs no password to remove it.
  await ada.goes("/settings/passkeys");
  await expect(section.getByRole("listitem")).toContainText("Last used just now");
  await section.getByRole("button", { name: "Remove My laptop" }).click();
  await expect(section.getByLabel("Password", { exact: true })).toHaveCount(0);
  await section.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(section.getByRole("listitem")).toHaveCount(0);
});

test("adds, tests, disables and deletes webhooks", async ({ ada }) => {
  ada.watch.expect(/422/);
  await ada.goes("/settings/webhooks");
  const section = part(ada, "Webhooks");
  await section.getByRole("button", { name: "Add a webhook" }).click();
  await section.getByLabel("Address").fill("http://example.com");
  await ada.page.keyboard.press("Enter");
  await expect(section.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await expect(section.getByLabel("Address")).toBeFocused();
  await section.getByLabel("Address").fill("https://hooks.invalid/notes");
  await section.getByLabel("Name").fill("My automation");
  await ada.page.keyboard.press("Enter");
  await expect(section.getByRole("status").locator("code")).toHaveText(/^whsec_/);
  await section.getByRole("button", { name: "Test", exact: true }).click();
  await expect(section).toContainText("Not delivered · The host has no public address");
  await ada.has({ title: "Told" });
  await section.getByRole("button", { name: "Deliveries" }).click();
  const deliveries = section.getByRole("group", { name: "Deliveries" });
  await expect(async () => {
    await deliveries.getByRole("button", { name: "Refresh" }).click();
    await expect(deliveries.getByRole("listitem")).toContainText("The host has no public address", { timeout: 500 });
  }).toPass();
  await expect(deliveries.getByRole("listitem")).toContainText("Note created");
  // What the header covers where the page is scrolled to is too small a target there.
  await ada.page.evaluate(() => scrollTo(0, 0));
  await isSeemly(ada.page, "webhooks");
  await deliveries.getByRole("button", { name: "Send again" }).click();
  await deliveries.getByRole("button", { name: "Skip" }).click();
  await expect(deliveries).toContainText("Nothing was sent yet.");
  await section.getByRole("button", { name: "Switch off" }).click();
  await expect(section.getByRole("button", { name: "Switch on" })).toBeVisible();
  await section.getByRole("button", { name: "Delete", exact: true }).click();
  await ada.dialog.getByRole("button", { name: "Delete the webhook" }).click();
  await expect(section.getByRole("button", { name: "Switch on" })).toHaveCount(0);
});

test("limits a token to its scopes", async ({ ada, playwright, service }) => {
  await ada.goes("/settings/tokens");
  const section = part(ada, "Access tokens");
  await section.getByLabel("Name").fill("labels only");
  await section.getByLabel("It may").selectOption("what I choose");
  await section.getByLabel("Read notes").uncheck();
  await section.getByLabel("Read labels").check();
  await section.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.page.keyboard.press("Enter");
  const secret = await section.getByRole("status").locator("code").innerText();
  await expect(section.getByRole("listitem")).toContainText("Read labels · Never used");
  const program = await playwright.request.newContext({
    baseURL: service.address,
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  expect((await program.get("/api/labels")).status()).toBe(200);
  expect((await program.get("/api/notes")).status()).toBe(403);
  await program.dispose();
});
