import { Fragment, type Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { html } from "../markdown/html.testing";
import { sources } from "../markdown/random.testing";
import { read } from "./read";
import { schema } from "./schema";
import { writer } from "./write";

const canonical = (source: string) => writer()({ ...read(source), origins: new WeakMap(), gaps: [], tail: "" });
/** What is read, apart from emphasis, which is compared while writing, and from ends that HTML lacked. */
const shown = (source: string) =>
  html(source)
    .replace(/<a href="[^"]*"(?: title="[^"]*")?>\s*<\/a>|<\/?(?:em|strong|del|p|pre)>|-->|\?>/g, "")
    .replace(/<a href="([^"]*)">([^<]*)<\/a>(?=<a href="\1">)/g, '<a href="$1">$2')
    .replace(/(?<=<a href="([^"]*)">[^<]*)<a href="\1">/g, "")
    .replace(/[\s>]/g, "");

/** Types a letter into a block of the outermost level, or after all of them. */
function edited(source: string, at: number): string {
  const note = read(source);
  const { doc } = note;
  const children = doc.children.map((child, index) =>
    index === at && child.isTextblock && child.type.allowsMarkType(schema.marks.em)
      ? child.copy(child.content.append(Fragment.from(schema.text("Z"))))
      : child,
  );
  return writer()({ ...note, doc: doc.copy(Fragment.fromArray(children)) });
}

test("what was read and not changed is written as it was", () => {
  for (const source of sources(3_000, 4)) {
    const note = read(source);
    note.doc.check();
    const unread = source.trim() === "" || note.doc.children.some((child) => !note.origins.has(child));
    if (!unread) expect(writer()(note)).toBe(source);
  }
  expect(writer()(read("# A\ntext\n\n\n* b\n* c\n***\n~~~\nd\n~~~\n"))).toBe(
    "# A\ntext\n\n\n* b\n* c\n***\n~~~\nd\n~~~\n",
  );
});

test("a change touches its own block only", () => {
  const source = "Title\n=====\nA *b*  \nc\n\n\n* d\n* e\n\n| f |\n|---|\n\n[g]: http://h\n";
  expect(edited(source, 1)).toBe(source.replace("b*  \nc", "b*\\\ncZ"));
  expect(edited(source, 0)).toBe(source.replace("Title\n=====\n", "# TitleZ\n"));
});

test("blocks that come and go leave the others their distance", () => {
  const note = read("# a\nb\n\n\nc\n***\nd\n");
  const { doc } = note;
  const blocks = [...doc.children];
  const without = [...blocks.slice(0, 1), ...blocks.slice(2)];
  const added = [...blocks.slice(0, 2), schema.nodes.paragraph.create(null, schema.text("new")), ...blocks.slice(2)];
  const write = (list: Node[]) => writer()({ ...note, doc: doc.copy(Fragment.fromArray(list)) });
  expect(write(without)).toBe("# a\n\n\nc\n***\nd\n");
  expect(write(added)).toBe("# a\nb\n\nnew\n\n\nc\n***\nd\n");
});

test(
  "any note means the same when all of it is written anew, and stays as it is from then on",
  { timeout: 60_000 },
  () => {
    for (const source of sources(6_000, 5)) {
      const once = canonical(source);
      expect(canonical(once), source).toBe(once);
      expect(shown(once), source).toBe(shown(source));
    }
  },
);

test.each([
  ["a_b 2*3 [x] 1. 5 > 4 #tag AT&T", "as it is where nothing is meant by it"],
  ["\\*a\\*\n\n1\\. b\n\n\\# c\n\n\\[ \\] d\n\n\\- e\n\n\\&amp;", "with backslashes where it would mean something"],
  ["***a** b* **c *d*** *~~e~~* `` ` `` **`f`**", "emphasis in emphasis"],
  ['[a *b*](https://c.d/e_(f) "g") <https://h.i> <j@k.l>', "links"],
  ["[a][b] [b] ![c](d) <kbd>e</kbd> [^1]\n\n[b]: https://x.y 'z'", "what the editor shows as it is written"],
  ["- a\n- [ ] b\n  - [x] c\n\n1. d\n2. e\n\n> f\n>\n> - g\n\n---\n\n```js\nh\n\n`\n```", "blocks"],
  ["- a\n\n  b\n\n- c", "loose lists"],
  ["3) a\n4) b\n\n* c\n\n- d", "the marks of lists"],
])("%j stays so: %s", (source) => {
  expect(canonical(source)).toBe(source);
});

test("a task without text is one for the service, too: something follows its mark", () => {
  expect(canonical("- [ ]\n- [x]\n  - a")).toBe("- [ ] \n- [x] \n  - a");
});
