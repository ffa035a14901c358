// A service that sends mail and has a provider of identities: links of mails, and signing in elsewhere.
import { expect, type Person, test as base } from "../support/journey";
import { Mails } from "../support/mail";
import { PASSWORD } from "../support/person";
import { Provider } from "../support/provider";
import { isSeemly } from "../support/seen";
import { Service } from "../support/service";

const NOBODY = /401/;
const NEW_PASSWORD = "another horse battery";

interface Elsewhere {
  service: Service;
  mails: Mails;
}

const test = base.extend<{ newcomer: Person }, { elsewhere: Elsewhere }>({
  elsewhere: [
    async ({}, use, worker) => {
      const mails = await Mails.start();
      let provider: Provider | undefined;
      const service = await Service.start(`elsewhere-${worker.workerIndex}`, async (page) => {
        provider = await Provider.start(page);
        return { ...mails.env, ...provider.env };
      });
      await use({ service, mails });
      await service.stop();
      provider?.stop();
      mails.stop();
    },
    { scope: "worker" },
  ],
  newcomer: async ({ visitor, elsewhere }, use) => {
    const person = await visitor({ baseURL: elsewhere.service.page });
    person.watch.expect(NOBODY);
    await use(person);
  },
});

/** What somebody does at the provider: a name, any password, and the first time a yes. */
async function signsInThere({ page }: Person, name: string, times: "first" | "again"): Promise<void> {
  await page.waitForURL(/\/interaction\//);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  if (times === "first") await page.getByRole("button", { name: "Continue" }).click();
}

test("verifies an address and resets a password by mailed links", async ({ newcomer, elsewhere: { mails } }) => {
  const { page } = newcomer;
  await page.goto("/register");
  await page.getByLabel("Email").fill("grace@example.com");
  await page.getByLabel("Username").fill("grace");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create an account" }).click();
  const banner = page.getByRole("region", { name: "Your address" });
  await expect(banner).toContainText("the mail that we sent to grace@example.com");
  await isSeemly(page, "unverified");
  await mails.link("verify");
  await banner.getByRole("button", { name: "Send it again" }).click();
  await page.goto(await mails.link("verify"));
  await expect(page.getByText("Thank you. Your address is verified.")).toBeVisible();
  await page.getByRole("link", { name: "To your notes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notes" })).toBeVisible();
  await expect(banner).toHaveCount(0);

  await newcomer.api("POST", "/auth/logout");
  await page.goto("/forgot");
  await page.getByLabel("Email").fill("grace@example.com");
  await page.keyboard.press("Enter");
  await expect(page.getByText("a mail with a link is on its way")).toBeVisible();
  newcomer.watch.expect(/422/);
  await page.goto(await mails.link("reset"));
  await page.getByLabel("New password").fill("password1");
  await page.keyboard.press("Enter");
  // The reason is that of the service.
  await expect(page.getByText("New password is easy to guess; choose a longer password.")).toBeVisible();
  await expect(page.getByLabel("New password")).toBeFocused();
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Email or username").fill("grace");
  await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Account", exact: true })).toBeVisible();

  // A reset ends the session of this browser, and what it keeps of the account goes at once.
  await newcomer.has({ title: "Kept here" });
  await newcomer.goes();
  await expect(newcomer.card("Kept here")).toBeVisible();
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await databases()).toHaveLength(1);
  // Accepted without a body.
  const asked = await newcomer.context.request.post("/api/auth/password-reset", {
    data: { email: "grace@example.com" },
  });
  expect(asked.ok()).toBe(true);
  await page.goto(await mails.link("reset"));
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The password is changed")).toBeVisible();
  await expect.poll(databases).toEqual([]);
});

test("signs in through a provider, and confirms there instead of by password", async ({ newcomer }) => {
  const { page } = newcomer;
  // The pages of the provider want things from elsewhere.
  newcomer.watch.expect(/fonts\.googleapis\.com|favicon\.ico/);
  await page.goto("/archive");
  await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
  await isSeemly(page, "login-provider");
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  // Who changes their mind is told so.
  await page.waitForURL(/\/interaction\//);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("alert")).toContainText("You were not signed in: it was cancelled");
  await expect(page).toHaveURL(/\/login$/);

  await page.goto("/archive");
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await signsInThere(newcomer, "lin", "first");
  // Where somebody wanted to go is where they are.
  await expect(page.getByRole("heading", { level: 1, name: "Archive" })).toBeVisible();

  await newcomer.goes("/settings/providers");
  const providers = page.getByRole("region", { name: "Sign-in providers" });
  await expect(providers.getByRole("listitem")).toContainText("lin");
  const password = page.getByRole("region", { name: "Password", exact: true });
  await password.getByRole("button", { name: "Confirm with Example ID instead" }).click();
  await signsInThere(newcomer, "lin", "again");
  await expect(newcomer.messages).toContainText("Confirmed.");
  await expect(password.getByLabel("Current password")).toHaveCount(0);
  await password.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(newcomer.messages).toContainText("The password was changed.");
  // Now there is another way in, and this one can be unlinked.
  await providers.getByRole("button", { name: "Unlink" }).click();
  await providers.getByRole("button", { name: "Unlink", exact: true }).last().click();
  await expect(providers.getByRole("listitem")).toHaveCount(0);
  await providers.getByRole("button", { name: "Link Example ID" }).click();
  await providers.getByRole("button", { name: "Continue" }).click();
  await expect(providers.getByRole("listitem")).toContainText("lin");

  // Signing out leads to the provider, which asks, and back.
  await page.getByRole("button", { name: "Account", exact: true }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/session\/end/);
  await page.getByRole("button", { name: /Yes, sign me out/ }).click();
  await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
});
