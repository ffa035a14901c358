// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { differences, markDifferences, split } from "./differences";

/** Each side with its differing pieces in brackets. */
function compare(a: string, b: string): [string, string] {
  const found = differences(a, b);
  return [a, b].map((text, side) =>
    split(text, found[side]!)
      .map(({ text, differs }) => (differs ? `[${text}]` : text))
      .join(""),
  ) as [string, string];
}

describe("differences", () => {
  test.each([
    ["the same", "the same", "the same", "the same"],
    ["a red door", "a blue door", "a [red] door", "a [blue] door"],
    ["one", "one two", "one", "one [two]"],
    ["", "all of it", "", "[all of it]"],
    ["the quick fox", "that slow fox", "[the quick] fox", "[that slow] fox"],
    ["a\nb\nc", "a\nc", "a\n[b]\nc", "a\nc"],
    ["a\nc\nlast word", "a\nb\nc\nlast thing", "a\nc\nlast [word]", "a\n[b]\nc\nlast [thing]"],
    ["one\ntwo", "three\ntwo\nfour", "[one]\ntwo", "[three]\ntwo\n[four]"],
    ["a  b", "a b", "a  b", "a b"],
    ["Öl und Brot", "Öl und Käse", "Öl und [Brot]", "Öl und [Käse]"],
  ])("%j and %j", (a, b, left, right) => expect(compare(a, b)).toEqual([left, right]));
});

function shows(html: string): HTMLElement {
  const root = document.createElement("div");
  root.innerHTML = html;
  return root;
}

describe("markDifferences", () => {
  test("marks words across elements, and forgets the marks of other texts", () => {
    const mine = shows("<p>Some <strong>bold words</strong> here</p><ul><li><p>milk</p></li></ul>");
    const theirs = shows(
      "<p>Some <strong>bold ideas</strong> there</p><ul><li><p>milk</p></li><li><p>tea</p></li></ul>",
    );
    markDifferences(mine, theirs);
    expect(mine.innerHTML).toBe(
      "<p>Some <strong>bold <mark>words</mark></strong><mark> here</mark></p><ul><li><p>milk</p></li></ul>",
    );
    expect([...theirs.querySelectorAll("mark")].map(({ textContent }) => textContent)).toEqual([
      "ideas",
      " there",
      "tea",
    ]);
    theirs.innerHTML = "<p>Some <strong>bold words</strong> there</p><ul><li><p>milk</p></li></ul>";
    markDifferences(mine, theirs);
    expect(mine.innerHTML).toBe(
      "<p>Some <strong>bold words</strong> <mark>here</mark></p><ul><li><p>milk</p></li></ul>",
    );
  });

  test("marks checkboxes that differ", () => {
    const item = (checked: string) => shows(`<ul><li><input type="checkbox"${checked}><p>eggs</p></li></ul>`);
    const [mine, theirs] = [item(""), item(" checked")];
    markDifferences(mine, theirs);
    for (const side of [mine, theirs]) {
      expect(side.querySelector("input")!.className).toBe("differs");
      expect(side.querySelector("mark")).toBeNull();
    }
  });
});
