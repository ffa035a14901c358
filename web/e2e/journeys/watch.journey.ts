// The watch itself: what must make a journey fail does.
import { expect, test } from "../support/journey";

test("detects scripts that violate the policy or throw", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(/401/);
  await page.goto("/login");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.append("document.title = 'run'");
    document.head.append(script);
    setTimeout(() => {
      throw new Error("of the journey");
    });
  });
  await expect.poll(() => watch.found).toContain("thrown: of the journey");
  expect(watch.found.join()).toMatch(/TrustedScript/);
  await expect(page).not.toHaveTitle("run");
  watch.found.length = 0;
});

test("prevents markup from being written into the page", async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expect(/401/, /TrustedHTML/);
  await page.goto("/login");
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<b>written</b>";
      return "written";
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe("TypeError");
});
