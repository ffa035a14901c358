// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { sources } from "./random.testing";
import { beginning, render, type Toggle } from "./render";

function shown(source: string, toggle?: Toggle): HTMLElement {
  const root = document.createElement("div");
  root.append(render(source, toggle));
  return root;
}

test("links lead to pages and mailboxes only, and take nothing along", () => {
  const links = (source: string) => [...shown(source).querySelectorAll("a")].map((a) => a.getAttribute("href"));
  expect(links("[a](https://a.b 'c') <http://d.e> <f@g.h> [i](mailto:j@k.l) [m][n]\n\n[n]: HTTPS://o.p")).toEqual([
    "https://a.b",
    "http://d.e",
    "mailto:f@g.h",
    "mailto:j@k.l",
    "HTTPS://o.p",
  ]);
  expect(
    links(
      "[a](javascript:alert(1)) [b](  JaVaScRiPt:x) [c](data:text/html,x) [d](//e.f) [g](/h) [i](vbscript:x) <javascript:x> [j](&#106;avascript:x) [k](java&#10;script:x) ![l](javascript:x)",
    ),
  ).toEqual([]);
  expect(shown("[a](javascript:x)").textContent).toBe("a");
  const link = shown("[a](https://b.c)").querySelector("a");
  expect([link?.rel, link?.target]).toEqual(["noopener noreferrer", "_blank"]);
});

test("addresses in text are links without the punctuation of the sentence", () => {
  const links = (source: string) => [...shown(source).querySelectorAll("a")].map((a) => a.textContent);
  expect(links("See https://a.b/c_(d)?e=*f*, (http://g.h/i) and https://j.k. xhttp://l.m `http://n.o`")).toEqual([
    "https://a.b/c_(d)?e=",
    "http://g.h/i",
    "https://j.k",
  ]);
  expect(links("[http://a.b](http://c.d)")).toEqual(["http://a.b"]);
});

test("HTML is text", () => {
  const root = shown(
    "<img src=x onerror=alert(1)> <b>a</b><br>b <!-- c -->\n\n<script>alert(1)</script>\n\n<!-- d -->",
  );
  expect(root.querySelector("img, script, b")).toBeNull();
  expect(root.textContent).toBe("<img src=x onerror=alert(1)> <b>a</b>b <script>alert(1)</script>");
});

test("headings skip no level of the page's outline", () => {
  const root = shown("### a\n# b\n### c\n#### d\n## e\n###### f");
  expect([...root.children].map((node) => node.tagName + node.className).join()).toBe(
    "H3level-3,H3level-1,H4level-3,H5level-4,H4level-2,H5level-6",
  );
});

test("checkboxes have names, and tell who operates them", () => {
  const toggle = vi.fn();
  const root = shown("- [ ] a **b**\n  - [x] c\n- [ ] \n", toggle);
  document.body.append(root);
  const boxes = [...root.querySelectorAll("input")];
  expect(boxes.map((box) => [box.getAttribute("aria-label"), box.checked])).toEqual([
    ["a b", false],
    ["c", true],
    ["Empty item", false],
  ]);
  boxes[1]?.click();
  expect(toggle.mock.calls).toEqual([[1, false]]);
  expect(shown("- [ ] a").querySelector("input")?.disabled).toBe(true);
});

test("the beginning of a note ends with a line", () => {
  expect(beginning("abc\ndef\nghi", 8)).toBe("abc\ndef");
  expect(beginning("abc", 8)).toBe("abc");
  expect(beginning("abcdefghi", 3)).toBe("abc");
  expect(beginning("abc", Infinity)).toBe("abc");
});

test("any input is shown without a script", { timeout: 20_000 }, () => {
  for (const source of sources(1_500, 2)) {
    const root = shown(source);
    expect(root.querySelector("script, img, iframe, div:not(.table)"), source).toBeNull();
  }
});
