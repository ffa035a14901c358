// Looks at a view as a judge does: nothing that keeps people out, in light and in dark, and a picture of each.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const pictures = new URL("../artifacts/views/", import.meta.url).pathname;

export async function isSeemly(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await look(page, `${name}-${colorScheme}`);
  }
}

/** In one of the themes that are chosen, not the system's. */
export async function isSeemlyIn(page: Page, theme: string, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate((theme) => (document.documentElement.dataset["theme"] = theme), theme);
  await look(page, `${name}-${theme}`);
}

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}${name}.png`, animations: "disabled" });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary ?? ""}`),
  );
  expect.soft(said, `axe about ${name}`).toEqual([]);
}
