// Looks at a view as a judge does: nothing that keeps people out, in light and in dark, and a picture of each.
import { expect, type Page } from "@playwright/test";
import { violations } from "./axe";

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

/** Looks at a view on a phone that was looked at on a desk, in light and in dark, where the same parts have the same colours. */
export async function isSeemlyOnPhone(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await look(page, name);
}

/** In one of the themes that are chosen, not the system's. */
export async function isSeemlyIn(page: Page, theme: string, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate((theme) => (document.documentElement.dataset["theme"] = theme), theme);
  await look(page, `${name}-${theme}`, OF_THEMES);
}

async function look(page: Page, name: string, rules?: string[], part?: string): Promise<void> {
  // In CI nobody looks at them; `just screenshots` takes those of all states.
  if (!process.env["CI"]) await page.screenshot({ path: `${pictures}${name}.png`, animations: "disabled" });
  // How large targets are is the same in every theme.
  const more = rules ? [] : ["target-size"];
  expect.soft(await violations(page, { rules, more, part }), `axe about ${name}`).toEqual([]);
}
