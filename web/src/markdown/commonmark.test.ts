// Every example of CommonMark's specification.

import { tests } from "commonmark-spec";
import { expect, test } from "vitest";
import { html } from "./html.testing";

/** Examples with entities that notes have no need of; they are shown as they are written. */
const RARE_ENTITIES = [25, 32, 33, 34, 503];

for (const { number, section, markdown, html: expected } of tests) {
  test.skipIf(RARE_ENTITIES.includes(number))(`${section} ${number}`, () => {
    expect(html(markdown.replaceAll("→", "\t"))).toBe(expected.replaceAll("→", "\t"));
  });
}
