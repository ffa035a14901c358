// What keeps people out of a page, as axe finds it.
import axe from "axe-core";
import type { Page } from "@playwright/test";

interface Options {
  /** The rules to check; all if nothing is said. */
  rules?: string[] | undefined;
  /** Rules that are checked besides those that axe checks unless told otherwise. */
  more?: string[];
  /** Rules that are not checked, because another journey checks them in the same state. */
  less?: string[];
  /** The part of the page to look at. */
  part?: string | undefined;
}

/** Returns a line for each element that violates a rule. */
export async function violations(page: Page, { rules, more = [], less = [], part }: Options = {}): Promise<string[]> {
  if (part) await page.locator(part).first().waitFor();
  // Once for each document: the program of axe is large.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([rules, more, less, part]) => {
      // Colours that are on their way to others have no contrast of their own; where one inherits them, it begins another way when the first ends.
      const still = new CSSStyleSheet();
      still.replaceSync("*, ::before, ::after { transition: none !important }");
      const before = document.adoptedStyleSheets;
      document.adoptedStyleSheets = [...before, still];
      for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      const endless = (one: Animation) => one.effect?.getComputedTiming().endTime === Infinity;
      for (const one of document.getAnimations()) if (!endless(one)) one.finish();
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations } = await axe.run(part ?? document, {
        // There are no frames to look into, nothing to fetch, and what passes is not listed.
        iframes: false,
        preload: false,
        resultTypes: ["violations"],
        ...(rules ? { runOnly: { type: "rule", values: rules } } : {}),
        rules: Object.fromEntries([
          ...more.map((rule) => [rule, { enabled: true }]),
          ...less.map((rule) => [rule, { enabled: false }]),
        ]),
      });
      document.adoptedStyleSheets = before;
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary ?? ""}`),
      );
    },
    [rules, more, less, part] as const,
  );
}
