// Two accounts and two tabs of one browser: every way in which one account takes the place of the other, in every state of the other tab.
import type { Page } from "@playwright/test";
import { expect, KEPT, type Person, test } from "../support/journey";
import { everythingIn } from "../support/kept";
import { PASSWORD } from "../support/person";

interface Scene {
  ann: Person;
  bob: Person;
  /** Another browser of Ann's. */
  desk: Person;
  second: Page;
  /** Whether the service has not got everything that Ann wrote. */
  unsent: boolean;
}

async function signsIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Email or username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs out, although changes are lost if there are any. */
async function confirms(page: Page, { unsent }: Scene): Promise<void> {
  const question = page.getByRole("dialog", { name: "Sign out and lose changes?" });
  if (unsent) await question.getByRole("button", { name: "Sign out" }).click();
  await expect(question).toHaveCount(0);
}

/** How Bob comes to be signed in in the first tab. */
const WAYS: Record<string, { losesChanges: boolean; go: (scene: Scene) => Promise<void> }> = {
  "signs out": {
    losesChanges: true,
    async go(scene) {
      const { page } = scene.ann;
      await page.getByRole("button", { name: "Account" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await confirms(page, scene);
      await expect(page).toHaveURL(/\/login$/);
      await expect(scene.second.getByRole("heading", { name: "You are signed out" })).toBeVisible();
      await signsIn(page, scene.bob.name);
    },
  },
  "is replaced": {
    losesChanges: false,
    async go({ ann, bob }) {
      await ann.api("POST", "/auth/login", { login: bob.name, password: PASSWORD });
      await ann.page.reload();
    },
  },
  "is revoked": {
    losesChanges: true,
    async go(scene) {
      const { ann, bob, desk, second } = scene;
      const { items } = await desk.api<{ items: { id: string; current: boolean }[] }>("GET", "/sessions");
      for (const { id, current } of items) if (!current) await desk.api("DELETE", `/sessions/${id}`);
      for (const page of [ann.page, second]) {
        await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
        await expect(page.getByText(/Ann's/)).toHaveCount(0);
      }
      await ann.page.getByRole("button", { name: "Use another account" }).click();
      await confirms(ann.page, scene);
      await signsIn(ann.page, bob.name);
    },
  },
};

/** What Ann does in the second tab before. */
const STATES: Record<string, (scene: Scene) => Promise<void>> = {
  "looks at her notes": ({ second }) => expect(second.getByRole("article", { name: "Ann's other note" })).toBeVisible(),
  "is typing": async ({ second, desk }) => {
    await second.getByRole("article", { name: "Ann's diary" }).getByRole("link").first().click();
    const text = second.getByRole("textbox", { name: "Text" });
    await text.click();
    await second.keyboard.press("End");
    await second.keyboard.type(" and Ann's last words");
    await expect
      .poll(async () => (await desk.notes()).map(({ content }) => content))
      .toContain("Ann's words and Ann's last words");
    await expect(text).toBeFocused();
  },
  "has unsent changes": async (scene) => {
    const { ann, second } = scene;
    // No change gets through; everything else does, as with a connection that comes and goes.
    await ann.context.route(/\/api\/notes\/[\w-]+$/, (route) =>
      route.request().method() === "PATCH" ? route.abort() : route.continue(),
    );
    scene.unsent = true;
    await second.getByRole("article", { name: "Ann's diary" }).getByRole("link").first().click();
    await second.getByRole("textbox", { name: "Title" }).fill("Ann's unsent title");
    // The first tab has it, too.
    await expect(ann.card("Ann's unsent title")).toBeVisible();
  },
};

for (const [way, { losesChanges, go }] of Object.entries(WAYS)) {
  for (const [state, enter] of Object.entries(STATES)) {
    test(`separates two accounts in two tabs: the first ${way} while it ${state}`, async ({ person, again }) => {
      const [ann, bob] = [await person("ann", KEPT), await person("bob")];
      ann.watch.expect(/401|404|409|ERR_FAILED/);
      await ann.has({ title: "Ann's diary", content: "Ann's words" });
      await ann.has({ title: "Ann's other note" });
      const desk = await again(ann);
      await ann.goes();
      const second = await ann.context.newPage();
      await second.goto("/");
      const scene: Scene = { ann, bob, desk, second, unsent: false };
      await enter(scene);
      await go(scene);

      // The first tab is Bob's, and nothing in either is Ann's.
      await expect(ann.page.getByText("A clean desk")).toBeVisible();
      await expect(second.getByRole("heading", { name: "You are signed out" })).toBeVisible();
      await expect(second.getByText(`signed in as ${bob.name}`)).toBeVisible();
      await expect(second.getByRole("textbox")).toHaveCount(0);
      await second.keyboard.type("Words for nobody");
      // Only what Ann wrote and was not told to lose waits for her.
      const waits = scene.unsent && !losesChanges;
      const secrets = waits ? /Ann's other note/ : /Ann's/;
      for (const page of [ann.page, second]) {
        await expect(page.getByText(/Ann's/)).toHaveCount(0);
        await expect.poll(() => everythingIn(page)).not.toMatch(secrets);
      }
      await ann.context.unrouteAll({ behavior: "wait" });

      // Both go on as Bob's.
      await ann.writes("Bob's note");
      await second.getByRole("button", { name: `Continue as ${bob.name}` }).click();
      await expect(second.getByRole("article")).toHaveCount(1);
      await expect(second.getByRole("article", { name: "Bob's note" })).toBeVisible();
      await expect.poll(() => bob.titles()).toEqual(["Bob's note"]);

      // Ann has all her words, and Bob's are gone.
      await ann.page.getByRole("button", { name: "Account" }).click();
      await ann.page.getByRole("menuitem", { name: "Sign out" }).click();
      await expect(ann.page).toHaveURL(/\/login$/);
      await signsIn(ann.page, ann.name);
      const diary = waits ? "Ann's unsent title" : "Ann's diary";
      await expect(ann.card(diary)).toContainText(state === "is typing" ? "Ann's last words" : "Ann's words");
      await expect(ann.page.getByRole("article")).toHaveCount(2);
      await expect.poll(async () => (await desk.titles()).sort()).toEqual([diary, "Ann's other note"].sort());
      await expect.poll(() => everythingIn(ann.page)).not.toContain("Bob's note");
      expect(await bob.titles()).toEqual(["Bob's note"]);
    });
  }
}
