// Looks at a view as a judge does: nothing that keeps people out, in light and in dark, and a picture of each.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const pictures = new URL("../artifacts/views/", import.meta.url).pathname;

/** Rules about what a theme can change; the rest is the same in all of them. */
const OF_THEMES = ["color-contrast"];

/** Looks at a page; only at `part` of it where the rest was looked at before. */
export async function isSeemly(page: Page, name: string, part?: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await look(page, `${name}-light`, undefined, part);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await look(page, `${name}-dark`, OF_THEMES, part);
}

/** In one of the themes that are chosen, not the system's. */
export async function isSeemlyIn(page: Page, theme: string, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate((theme) => (document.documentElement.dataset["theme"] = theme), theme);
  await look(page, `${name}-${theme}`, OF_THEMES);
}

async function look(page: Page, name: string, rules?: string[], part?: string): Promise<void> {
  await page.screenshot({ path: `${pictures}${name}.png`, animations: "disabled" });
  // There are no frames to look into: in legacy mode, axe opens no page of its own for each look.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules) axe.withRules(rules);
  if (part) axe.include(part);
  const { violations } = await axe.analyze();
  const said = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary ?? ""}`),
  );
  expect.soft(said, `axe about ${name}`).toEqual([]);
}
