// @vitest-environment happy-dom
// What programs put on the clipboard, in the form in which they do.
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { clipboard } from "../clipboard";
import { prepare } from "./outgoing";
import { read } from "../read";
import { writer } from "../write";
import { paste, type Pasted } from "./incoming";
import { kindOf } from "./text";

/** Pastes into a note, and says what is written then. */
function pasted(given: Partial<Pasted>, source = "", at?: number): string {
  const note = read(source);
  const view = new EditorView(null, { state: EditorState.create({ doc: note.doc }), ...clipboard() });
  if (at !== undefined) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)));
  paste(view, { text: "", html: "", code: "", files: [], plain: false, ...given });
  view.state.doc.check();
  return writer()({ ...note, doc: view.state.doc });
}

test("cells of a spreadsheet are a table", () => {
  expect(
    pasted({
      text: "Name\tPrice\nTea\t3",
      html: "<table><tbody><tr><td>Name</td><td>Price</td></tr><tr><td>Tea</td><td>3</td></tr></tbody></table>",
    }),
  ).toBe("| Name | Price |\n| --- | --- |\n| Tea | 3 |");
});

test("Google Sheets: empty columns go, numbers stay on the right, merged cells keep their place", () => {
  const html = `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" style="table-layout:fixed;font-size:10pt;font-family:Arial;width:0px;border-collapse:collapse;border:none" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="overflow:hidden;padding:2px 3px 2px 3px;vertical-align:bottom;font-weight:bold;">Item</td><td style="overflow:hidden;vertical-align:bottom;">Cost</td><td style="overflow:hidden;"></td></tr><tr style="height:21px;"><td>Tea | green<br/>loose</td><td style="overflow:hidden;text-align:right;">3.50</td><td></td></tr><tr><td colspan="2" rowspan="1">Sum</td><td></td></tr></tbody></table>`;
  expect(pasted({ html, text: "Item\tCost" })).toBe(
    "| Item | Cost |\n| --- | --: |\n| Tea \\| green<br>loose | 3.50 |\n| Sum |  |",
  );
});

test("Excel: what is around the cells goes", () => {
  const html = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {color:black;}--></style></head><body link="#0563C1" vlink="#954F72"><table border=0 cellpadding=0 cellspacing=0 width=128 style='border-collapse:collapse;width:96pt'><!--StartFragment--><col width=64 span=2 style='width:48pt'><tr height=20 style='height:15.0pt'><td height=20 width=64 class=xl65 style='height:15.0pt;width:48pt'>A</td><td width=64 style='width:48pt'>B</td></tr><tr height=20 style='height:15.0pt'><td height=20 align=right style='height:15.0pt'>1</td><td align=right>2</td></tr><!--EndFragment--></table></body></html>`;
  expect(pasted({ html, text: "A\tB\r\n1\t2\r\n" })).toBe("| A | B |\n| --: | --: |\n| 1 | 2 |");
});

test("text with tabs is a table only where all lines have the same cells", () => {
  expect(pasted({ text: "a\tb\nc\td\n" })).toBe("| a | b |\n| --- | --- |\n| c | d |");
  expect(kindOf("a\tb\nc")).toBe("words");
  expect(kindOf("\ta\tb\n\tc\td")).toBe("words");
});

test("cells go into the cells of a table", () => {
  const table = "| a | b |\n| --- | --- |\n| c | d |";
  const html = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>";
  // Behind the second cell of the first row.
  expect(pasted({ html }, table, 6)).toBe("| a | 1 | 2 |\n| --- | --- | --- |\n| c | 3 | 4 |");
  expect(pasted({ html: "<p>x</p><ul><li>y</li></ul>" }, table, 4)).toBe("| ax<br>y | b |\n| --- | --- |\n| c | d |");
});

test("tables that lay out a page are what is in them", () => {
  const html = "<table><tr><td><h1>News</h1></td><td><table><tr><td><p>a</p></td></tr></table></td></tr></table>";
  expect(pasted({ html })).toBe("# News\n\na");
});

test("Word: paragraphs that say they are items are a list", () => {
  const item = (level: number, mark: string, text: string) =>
    `<p class=MsoListParagraphCxSpMiddle style='margin-left:${level * 36}.0pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;
  expect(
    pasted({
      html:
        `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=DE><!--StartFragment--><p class=MsoNormal>Buy<o:p></o:p></p>` +
        item(1, "·", "First") +
        item(2, "o", "<b>Inner</b>") +
        item(1, "·", "Second") +
        `<p class=MsoNormal>Then</p>` +
        item(1, "3.", "three") +
        item(1, "4.", "four") +
        `<!--EndFragment--></body></html>`,
    }),
  ).toBe("Buy\n\n- First\n  - **Inner**\n- Second\n\nThen\n\n3. three\n4. four");
});

test("Word: the case of two items without quotation marks", () => {
  const html =
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>First</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Second</p>";
  expect(pasted({ html })).toBe("- First\n- Second");
});

test("Word: bullets that are boxes are checkboxes, also where letters are drawings", () => {
  const item = (mark: string, font: string) =>
    `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><span style='font-family:${font};mso-bidi-font-family:${font}'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span>a</p>`;
  const cases: Record<string, string[]> = {
    "- [ ] a": ["q Wingdings", "o Wingdings", "\u00a8 Wingdings", '\u00a3 "Wingdings 2"', "☐ Calibri", "□ Calibri"],
    "- [x] a": ["\u00fe Wingdings", "x Wingdings", 'R "Wingdings 2"', "☑ Calibri", "☒ Calibri"],
    "- a": ['o "Courier New"', "§ Wingdings", "· Symbol"],
  };
  for (const [written, marks] of Object.entries(cases))
    for (const mark of marks) expect(pasted({ html: item(mark[0]!, mark.slice(2)) }), mark).toBe(written);
});

test("Word in a browser: lists of one item each are one, by their levels", () => {
  const item = (level: number, text: string) =>
    `<div class="ListContainerWrapper SCXW1 BCX8"><ul class="BulletListStyle1" role="list"><li data-leveltext="•" data-listid="1" aria-setsize="-1" data-aria-posinset="1" data-aria-level="${level}" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">${text}</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>`;
  expect(pasted({ html: item(1, "a") + item(2, "b") + item(1, "c") })).toBe("- a\n  - b\n- c");
});

test("Google Docs: nested lists and checkboxes", () => {
  const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc;font-size:11pt;font-weight:400;" aria-level="1"><p dir="ltr" style="line-height:1.38;" role="presentation"><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;">a</span></p></li><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span style="font-weight:700;">b</span></p></li></ul></ul><ul style="padding-inline-start:48px;"><li dir="ltr" role="checkbox" aria-checked="false" style="list-style-type:none;" aria-level="1"><img src="data:image/png;base64,iVBORw0=" width="17.6px" height="17.6px" alt="unchecked" aria-roledescription="checkbox" style="margin-right:3px;" /><p dir="ltr" style="display:inline-block;" role="presentation"><span>open</span></p></li><li dir="ltr" role="checkbox" aria-checked="true" aria-level="1"><img src="data:image/png;base64,iVBORw0=" alt="checked" aria-roledescription="checkbox" /><p dir="ltr" role="presentation"><span style="text-decoration:line-through;">done</span></p></li></ul></b><br class="Apple-interchange-newline">`;
  expect(pasted({ html })).toBe("- a\n  - **b**\n\n* [ ] open\n* [x] done");
});

test("checkboxes of other pages and of signs", () => {
  expect(
    pasted({
      html: `<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" checked disabled> a</li><li>☐ b</li></ul>`,
    }),
  ).toBe("- [x] a\n- [ ] b");
  expect(
    pasted({ html: `<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span>c</span></li></ul>` }),
  ).toBe("- [x] c");
});

test("code keeps its indentation and its language", () => {
  expect(
    pasted({
      text: "    fn main() {\r\n        go();\r\n    }\r\n",
      html: `<meta charset='utf-8'><div style="color: #d4d4d4;background-color: #1e1e1e;font-family: Menlo, Monaco, monospace;white-space: pre;"><div><span>fn</span></div></div>`,
      code: `{"version":1,"isFromEmptySelection":false,"multicursorText":null,"mode":"rust"}`,
    }),
  ).toBe("```rust\nfn main() {\n    go();\n}\n```");
  expect(
    pasted({
      html: `<div class="highlight highlight-source-python"><pre><span class="pl-k">def</span> f():<br>    <span>return</span> 1\n</pre></div>`,
    }),
  ).toBe("```python\ndef f():\n    return 1\n```");
  expect(pasted({ html: `<pre><code class="language-js">a = 1;\n  b()</code></pre>` })).toBe(
    "```js\na = 1;\n  b()\n```",
  );
  expect(
    pasted({
      html: `<div style="font-family: Consolas, monospace; white-space: pre;"><div><span>if x:</span></div><div><span>    y()</span></div></div>`,
    }),
  ).toBe("```\nif x:\n    y()\n```");
  expect(pasted({ text: "def f(a):\n    # a comment\n    return a" })).toBe(
    "```\ndef f(a):\n    # a comment\n    return a\n```",
  );
});

test("text is Markdown where it clearly is, and words elsewhere", () => {
  expect(pasted({ text: "# A\n\n- [ ] b\n- **c**" })).toBe("# A\n\n- [ ] b\n- **c**");
  expect(pasted({ text: "2 * 3 * 4 = 24\nsnake_case_name & <b>\n\nnext" })).toBe(
    "2 \\* 3 \\* 4 = 24\nsnake\\_case\\_name & \\<b>\n\nnext",
  );
  expect(pasted({ text: "# A\n**b**", plain: true })).toBe("\\# A\n\\*\\*b\\*\\*");
  expect(pasted({ text: "# A", html: "<h1>A</h1>", plain: true })).toBe("\\# A");
  expect(pasted({ text: "https://a.b/c_d_e" })).toBe("<https://a.b/c_d_e>");
  const kinds = ["- a", "1. a", "a > b", "# x", "- a\n- b", "`x`", '{"a": [1]}', "Dear all,\nsee you; bye"].map(kindOf);
  expect(kinds).toEqual(["words", "words", "words", "markdown", "markdown", "markdown", "code", "words"]);
});

test("links to notes of this page are references, images of others stay as they are written", () => {
  const id = "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b";
  expect(pasted({ html: `<p><a href="${location.origin}/?note=${id}">Plan</a></p>` })).toBe(`[Plan](/?note=${id})`);
  expect(
    pasted({ html: `<p>a <img src="https://a.b/c.png" alt="a [b]"> <img src="https://a.b/t" width=1 height=1></p>` }),
  ).toBe("a ![a b](https://a.b/c.png)");
});

test("what goes out is HTML with checkboxes and Markdown", () => {
  const source = "1. a\n2. [x] b\n   - [ ] c\n\n| d | e |\n| --- | --: |\n| f | g |";
  const note = read(source);
  const view = new EditorView(null, { state: EditorState.create({ doc: note.doc }), ...clipboard() });
  prepare(view);
  const { dom, text } = view.serializeForClipboard(note.doc.slice(0, note.doc.content.size));
  expect(text).toBe(source);
  expect(dom.querySelectorAll('li[data-checked] > input[type="checkbox"]').length).toBe(2);
  expect(dom.querySelector('li[data-checked="true"] > input')?.hasAttribute("checked")).toBe(true);
  expect(dom.querySelectorAll("th").length).toBe(2);
  expect(pasted({ html: dom.innerHTML })).toBe(source);
  // Two items of a list.
  const items = view.serializeForClipboard(note.doc.slice(3, 9, true));
  expect(items.text).toBe("1. a\n2. [x] b");
});
