// Every example of CommonMark's specification.

import { tests } from "commonmark-spec";
import { expect, test } from "vitest";
import { html } from "./html.testing";

/** Examples with entities that notes have no need of; they are shown as they are written. */
const RARE_ENTITIES = [25, 32, 33, 34, 503];

test("99 of 100 examples pass", () => {
  const passed = tests.filter(({ markdown, html: expected }) => {
    const tabs = (text: string) => text.replaceAll("→", "\t");
    return html(tabs(markdown)) === tabs(expected);
  });
  // All but those with rare entities: 99.2 %.
  expect(tests.length).toBe(652);
  expect(passed.length).toBe(652 - RARE_ENTITIES.length);
});

for (const { number, section, markdown, html: expected } of tests) {
  test.skipIf(RARE_ENTITIES.includes(number))(`${section} ${number}`, () => {
    expect(html(markdown.replaceAll("→", "\t"))).toBe(expected.replaceAll("→", "\t"));
  });
}
