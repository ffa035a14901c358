// Looks at a view as a judge does: nothing that keeps people out, in light and in dark, and a picture of each.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const pictures = new URL("../artifacts/views/", import.meta.url).pathname;

export async function isSeemly(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}${name}-${colorScheme}.png`, animations: "disabled" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const said = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary ?? ""}`),
    );
    expect.soft(said, `axe about ${name}, ${colorScheme}`).toEqual([]);
  }
}
