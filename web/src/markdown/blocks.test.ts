import { expect, test } from "vitest";
import { parse } from "./blocks";
import { toggleItem } from "./checklist";
import { html } from "./html.testing";
import { sources } from "./random.testing";

const tasks = (source: string) =>
  parse(source)
    .tasks.map(({ checked }) => (checked ? "x" : "_"))
    .join("");

test("what GitHub added to CommonMark", () => {
  expect(html("~~a~~ ~b~ ~~~c~~~ 1~2")).toBe("<p><del>a</del> <del>b</del> ~~~c~~~ 1~2</p>\n");
  expect(html("|a|b|\n|-|:-:|\n|1\\|2|**3**|\n|4|\n\nend")).toBe(
    "<table>a|b/1|2|<strong>3</strong>/4|</table>\n<p>end</p>\n",
  );
  expect(html("- [ ] a\n- [x] b\n  1. [X] c")).toBe(
    "<ul>\n<li>[_] a</li>\n<li>[x] b\n<ol>\n<li>[x] c</li>\n</ol>\n</li>\n</ul>\n",
  );
});

// Each of these is counted so by the service, too.
test("tasks are what stands behind a list mark", () => {
  expect(tasks("- [ ] a\n* [x] b\n+ [X] c\n1. [ ] d\n2) [\t] e\n")).toBe("_xx__");
  expect(tasks("- [ ]\n- [x] \n- a\n")).toBe("_x");
  expect(tasks("> - [ ] a\n>   - [x] b\n\n- > - [ ] c\n")).toBe("_x_");
  expect(tasks("[ ] a\n- a [ ] b\n- [ ]a\n- [y] a\n- []\n- ** [ ] a**\n-\n  [ ] a\n-     [ ] a\n")).toBe("");
  expect(tasks("```\n- [ ] a\n```\n\n    - [ ] a\n\n<div>\n- [ ] a\n</div>\n\n`\n- [ ] `\n")).toBe("_");
  expect(tasks("- [ ] - [ ] a\n- - [ ] b\n")).toBe("__");
});

test("an operated task changes one character", () => {
  const source = "\t- a\r\n\r\n1.\t[ ] a\r\n   > -  [X] b\r\n2. [x] é🎉\n";
  expect(toggleItem(source, 0, true)).toBe(source.replace("[ ]", "[x]"));
  expect(toggleItem(source, 1, false)).toBe(source.replace("[X]", "[ ]"));
  expect(toggleItem(source, 1, true)).toBe(source);
  expect(toggleItem(source, 2, false)).toBe(source.replace("[x]", "[ ]"));
  expect(toggleItem(source, 3, true)).toBe(source);
});

test("any input is parsed, and any task operated", { timeout: 20_000 }, () => {
  for (const source of sources(6_000, 1)) {
    html(source);
    for (const { index, checked, at } of parse(source).tasks) {
      const changed = toggleItem(source, index, !checked);
      expect([changed.slice(0, at), changed.slice(at + 1)]).toEqual([source.slice(0, at), source.slice(at + 1)]);
      expect(parse(changed).tasks[index], source).toEqual({ index, checked: !checked, at });
    }
  }
});

// 100 KiB is the most that a note has.
const SIZE = 102_400;
const REPEATED = [
  ..."*|_|**a |*a_ |*a **a |a**b|~|~~a |[|]|![|[a](|[a](<b|[a](b |[a]( \"b|[a][|[a](b)[|![[]()|<|<!--|<?|<a b=\"|<a b='c' |`|`a``b|\\|&|&#|>|> |>\t|- |1. |- - > |\t|\t-\t|  \n|\n|\n\n|- a\n  |- \n|# |#|# a #|--|= |a\n=\n|```\n|~~~a\n|<div>\n|<!A|[a]: b\n|[a]:|[a]: <|[a]: b '|:|-:|a\\|b\n|a\\|b\n-\\|-\n|\\||http://|http://a)|(http://a(b)|a@|\0|\u{1F389}*|-\t[ ]\t".split(
    /(?<!\\)\|/,
  ),
].map((piece) => piece.replaceAll("\\|", "|"));

test.each(REPEATED)("time is linear for %j", { timeout: 20_000 }, (piece) => {
  const started = performance.now();
  html(piece.repeat(SIZE / piece.length));
  html(`${piece.repeat(SIZE / 2 / piece.length)}a${piece.repeat(SIZE / 2 / piece.length)}`);
  html(`a${" ".repeat(SIZE / 2)}${piece.repeat(SIZE / 2 / piece.length)}`);
  expect(performance.now() - started).toBeLessThan(8_000);
});

test("deep nesting ends", { timeout: 20_000 }, () => {
  const half = SIZE / 2;
  html("*".repeat(half) + "a" + "*".repeat(half));
  html("[".repeat(half) + "a" + "](b)".repeat(half / 4));
  html("![".repeat(half / 2) + "a" + "](b)".repeat(half / 4));
  html(Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"));
  html("a\n".repeat(half) + "> ".repeat(half));
  expect(html("> ".repeat(200) + "a").split("<blockquote>").length).toBeLessThan(100);
});
