// Coming, staying and going.
import { expect, KEPT, test } from "../support/journey";
import { PASSWORD } from "../support/person";

// Whether somebody is signed in is asked at the start.
const NOBODY = /401/;

test("registers, signs out and signs in again", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(NOBODY, /422/);
  await page.goto("/archive");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL(/\/register$/);
  const name = `new-${test.info().workerIndex}-${Date.now()}`;
  await page.getByLabel("Email").fill(`${name}@example.com`);
  await page.getByLabel("Username").fill("no spaces here");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create an account" }).click();
  // Everything wrong is said beside its field, and the first of them has the focus.
  await expect(page.getByLabel("Username")).toBeFocused();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notes" })).toBeVisible();
  await expect(page.getByText("A clean desk")).toBeVisible();

  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.goto("/trash");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  // In other letters than it was registered.
  await page.getByLabel("Email or username").fill(name.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill("not my password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("The name or the password is wrong.");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  // Where somebody wanted to go is where they are.
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
});

test("rejects a registered name with a message", async ({ ada, visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(NOBODY, /409/);
  await page.goto("/register");
  await page.getByLabel("Email").fill("another@example.com");
  await page.getByLabel("Username").fill(ada.name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create an account" }).click();
  await expect(page.getByText(/username.*taken|taken/i)).toBeVisible();
});

test("keeps the notes of a guest who registers", async ({ visitor }) => {
  const guest = await visitor();
  const { page, watch } = guest;
  watch.expect(NOBODY);
  await page.goto("/");
  await page.getByRole("button", { name: "Look around as a guest" }).click();
  await expect(page.getByRole("article").first()).toBeVisible();
  await guest.writes("Mine to keep");
  await expect(guest.card("Mine to keep")).toBeVisible();
  await page.getByRole("link", { name: /Keep your notes/ }).click();
  const name = `claimed-${test.info().workerIndex}-${Date.now()}`;
  const keep = page.getByRole("region", { name: "Keep these notes" });
  await keep.getByLabel("Email").fill(`${name}@example.com`);
  await keep.getByLabel("Username").fill(name);
  await keep.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await keep.getByRole("button", { name: "Keep my notes" }).click();
  await expect(guest.messages).toContainText("These notes are yours now.");
  await expect(keep).toHaveCount(0);
  await guest.goes("/");
  await expect(guest.card("Mine to keep")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Guest/ })).toHaveCount(0);
});

test("keeps unsent changes when a session ends", async ({ person }) => {
  const ada = await person("ada", KEPT);
  ada.watch.expect(NOBODY, /ERR_INTERNET_DISCONNECTED/);
  await ada.has({ title: "Half written", content: "The first line" });
  await ada.goes();
  await ada.opens("Half written");
  await expect(ada.text).toBeVisible();
  // Somebody has ended it, from another device, while this one was without a connection.
  await ada.context.setOffline(true);
  await ada.title.fill("Half written, and more");
  await ada.context.clearCookies();
  await ada.context.setOffline(false);
  const back = ada.page.getByRole("dialog", { name: "Sign in again" });
  await expect(back).toContainText("What you wrote is still here.");
  await back.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await back.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(back).toHaveCount(0);
  await expect(ada.title).toHaveValue("Half written, and more");
  await ada.isSaved();
  expect(await ada.titles()).toEqual(["Half written, and more"]);
});

test("changes an account, ends its sessions and deletes it", async ({ ada, again }) => {
  const other = await again(ada);
  other.watch.expect(NOBODY);
  await other.goes();
  await ada.goes("/settings");
  const part = (name: string) => ada.page.getByRole("region", { name, exact: true });

  const renamed = `${ada.name}-renamed`;
  await part("Profile").getByLabel("Username").fill(renamed);
  await part("Profile").getByRole("button", { name: "Save" }).click();
  await expect(ada.messages).toContainText("Saved.");

  await expect(part("Sessions").getByRole("listitem")).toHaveCount(2);
  await expect(part("Sessions")).toContainText("Chrome on Linux");
  await part("Sessions").getByRole("button", { name: "End all others" }).click();
  await expect(part("Sessions").getByRole("listitem")).toHaveCount(1);
  await expect(other.page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();

  await part("Password").getByLabel("Current password").fill(PASSWORD);
  await part("Password").getByLabel("New password").fill("another horse battery");
  await part("Password").getByRole("button", { name: "Change the password" }).click();
  await expect(ada.messages).toContainText("The password was changed.");

  ada.watch.expect(NOBODY);
  await part("Delete the account").getByLabel("Password").fill("another horse battery");
  await part("Delete the account").getByRole("button", { name: "Delete my account" }).click();
  await ada.dialog.getByRole("button", { name: "Delete my account" }).click();
  await expect(ada.page).toHaveURL(/\/login$/);
  await ada.page.getByLabel("Email or username").fill(renamed);
  await ada.page.getByLabel("Password", { exact: true }).fill("another horse battery");
  await ada.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ada.page.getByRole("alert")).toContainText("wrong");
});

test("changes the password only with the current one, and ends all other sessions", async ({ ada, again, visitor }) => {
  const other = await again(ada);
  ada.watch.expect(/422/);
  other.watch.expect(NOBODY);
  await other.goes();
  await ada.goes("/settings");
  const part = ada.page.getByRole("region", { name: "Password", exact: true });
  const [present, next] = [part.getByLabel("Current password"), part.getByLabel("New password")];
  await present.fill("not my password");
  await next.fill("another horse battery");
  await part.getByRole("button", { name: "Change the password" }).click();
  await expect(part).toContainText("is not the password of this account");
  // It was a question of the form: nobody is sent away.
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await present.fill(PASSWORD);
  await next.fill("short");
  await part.getByRole("button", { name: "Change the password" }).click();
  await expect(next).toHaveAttribute("aria-invalid", "true");
  await next.fill("another horse battery");
  await part.getByRole("button", { name: "Change the password" }).click();
  await expect(ada.messages).toContainText(
    "The password was changed. All other sessions and all access tokens have ended.",
  );
  await expect(present).toHaveValue("");
  await expect(next).toHaveValue("");

  const back = other.page.getByRole("dialog", { name: "Sign in again" });
  // Who it was is known: only the password is asked for.
  await expect(back.getByLabel("Password", { exact: true })).toBeFocused();
  await back.getByLabel("Password", { exact: true }).fill("another horse battery");
  await other.page.keyboard.press("Enter");
  await expect(back).toHaveCount(0);

  const { page, watch } = await visitor();
  watch.expect(NOBODY);
  await page.goto("/login");
  await page.getByLabel("Email or username").fill(ada.name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("wrong");
});

test("ends one session and keeps the others", async ({ ada, again }) => {
  const phone = await again(ada, {
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18.0 Safari/604.1",
  });
  const desk = await again(ada, { userAgent: "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0" });
  phone.watch.expect(NOBODY);
  await phone.goes();
  await desk.goes();
  await ada.goes("/settings");
  const sessions = ada.page.getByRole("region", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(3);
  // The session from which one looks has nothing to end it with.
  await expect(sessions.filter({ hasText: "This session" }).getByRole("button")).toHaveCount(0);
  await sessions.filter({ hasText: "Safari on iOS" }).getByRole("button", { name: "End" }).click();
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "Firefox on Windows" })).toHaveCount(1);
  await expect(phone.page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await desk.writes("Still here");
  await expect.poll(() => ada.titles()).toEqual(["Still here"]);
});

test("deletes an account and its data on the device after confirmation", async ({ ada }) => {
  ada.watch.expect(NOBODY, /422/);
  await ada.has({ title: "A secret" });
  await ada.goes();
  await expect(ada.card("A secret")).toBeVisible();
  await ada.goes("/settings");
  const part = ada.page.getByRole("region", { name: "Delete the account" });
  const farewell = async (password: string, answer: string) => {
    await part.getByLabel("Password").fill(password);
    await part.getByRole("button", { name: "Delete my account" }).click();
    await expect(ada.dialog).toContainText(
      "Your notes and labels, the archive and the trash are deleted for good, at once.",
    );
    await ada.dialog.getByRole("button", { name: answer }).click();
  };
  await farewell(PASSWORD, "Cancel");
  expect(await ada.titles()).toEqual(["A secret"]);
  await farewell("not my password", "Delete my account");
  await expect(part).toContainText("is not the password of this account");
  expect(await ada.titles()).toEqual(["A secret"]);
  await farewell(PASSWORD, "Delete my account");
  await expect(ada.page).toHaveURL(/\/login$/);
  await expect(ada.messages).toContainText("Your account is deleted.");
  const kept = await ada.page.evaluate(async () => JSON.stringify([{ ...localStorage }, await indexedDB.databases()]));
  expect(kept).not.toContain("notes:");
  expect(kept).not.toContain("A secret");
  expect(kept).not.toContain(ada.name);
});

test("writes with a token until its chosen expiry", async ({ ada, playwright, service }) => {
  await ada.goes("/settings");
  const tokens = ada.page.getByRole("region", { name: "Access tokens" });
  await expect(tokens.getByRole("button", { name: "Create a token" })).toBeDisabled();
  await tokens.getByLabel("Name").fill("a writer");
  await tokens.getByLabel("It may").selectOption("read and write");
  await tokens.getByLabel("It ends").selectOption("after a year");
  await tokens.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await tokens.getByRole("button", { name: "Create a token" }).click();
  const secret = await tokens.getByRole("status").locator("code").innerText();
  await expect(tokens.getByRole("listitem")).toContainText("Reads and writes · Never used · Expires");
  const program = await playwright.request.newContext({
    baseURL: service.address,
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  expect((await program.post("/api/notes", { data: { title: "By a program" } })).status()).toBe(201);
  // A program manages notes, not the account.
  expect(
    (await program.post("/api/tokens", { data: { name: "another", scope: "read", currentPassword: PASSWORD } })).ok(),
  ).toBe(false);
  await program.dispose();
  await ada.page.reload();
  await expect(tokens.getByRole("listitem")).toContainText("used just now");
  await ada.goes();
  await expect(ada.card("By a program")).toBeVisible();
});

test("shows an access token once, and revokes it", async ({ ada, playwright, service }) => {
  await ada.goes("/settings");
  const tokens = ada.page.getByRole("region", { name: "Access tokens" });
  await tokens.getByLabel("Name").fill("my script");
  await tokens.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await tokens.getByRole("button", { name: "Create a token" }).click();
  const secret = await tokens.getByRole("status").locator("code").innerText();
  const program = await playwright.request.newContext({
    baseURL: service.address,
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  expect((await program.get("/api/notes")).status()).toBe(200);
  expect((await program.post("/api/notes", { data: { title: "no" } })).status()).toBe(403);
  await ada.page.reload();
  await expect(tokens.getByRole("listitem")).toContainText("my script");
  await expect(ada.page.getByText(secret)).toHaveCount(0);
  await tokens.getByRole("button", { name: "Delete" }).click();
  await ada.dialog.getByRole("button", { name: "Delete the token" }).click();
  await expect(tokens.getByRole("listitem")).toHaveCount(0);
  expect((await program.get("/api/notes")).status()).toBe(401);
  await program.dispose();
});

test("fills in the code of an invite link, and names a contact without mail", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(NOBODY);
  await page.goto("/register#invite=a-code-of-an-invite");
  await expect(page.getByLabel("Code of your invite")).toHaveValue("a-code-of-an-invite");
  await page.goto("/login");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Forgot the password?" })).toHaveCount(0);
  await page.goto("/forgot");
  await expect(page.getByText("This service sends no mail.")).toBeVisible();
});

test("reports an expired or used link of a mail", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(NOBODY, /422/);
  await page.goto("/reset#token=made-up");
  await page.getByLabel("New password").fill("another horse battery");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("alert")).toContainText("The link was used, or is too old.");
  await page.goto("/verify#token=made-up");
  await expect(page.getByText("The address is not verified yet.")).toBeVisible();
});
