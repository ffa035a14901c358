// What people paste from other programs, as those put it on the clipboard.
import { expect, type Person, test } from "../support/journey";

/** A note that is open, with the cursor in its text. */
async function opened(person: Person): Promise<void> {
  const { id } = await person.has({ title: "Draft" });
  await person.goes(`/?note=${id}`);
  await expect(person.text).toBeVisible();
  await person.text.focus();
}

async function has(person: Person, content: string): Promise<void> {
  await expect.poll(async () => (await person.notes())[0]?.content, { timeout: 15_000 }).toBe(content);
}

/** Chooses everything in the text, to be pasted over. */
async function clears(person: Person): Promise<void> {
  await person.text.focus();
  await person.page.keyboard.press("Control+a");
  await person.page.keyboard.press("Delete");
  await has(person, "");
}

/** A list item of Word for Windows; it breaks lines after some 80 letters, also within tags. */
function word(at: "First" | "Middle" | "Last", level: number, mark: string, text: string, font = "Symbol"): string {
  const indent = level === 1 ? "" : `margin-left:${level / 2}in;`;
  return `<p class=MsoListParagraphCxSp${at} style='${indent}mso-add-space:auto;text-indent:
-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:${font};
mso-fareast-font-family:${font};mso-bidi-font-family:${font}'><span style='mso-list:
Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>${text}<o:p></o:p></p>

`;
}

const fromWord = (body: string): string => `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document>
<style>
<!--
 /* List Definitions */
 @list l0
	{mso-list-id:1466855083;
	mso-list-type:hybrid;}
p.MsoListParagraphCxSpFirst
	{margin-left:.5in; mso-style-priority:34;}
-->
</style>
<!--[if gte mso 10]>
<style>
 table.MsoNormalTable {mso-style-name:"Table Normal";}
</style>
<![endif]-->
</head>

<body lang=EN-US style='tab-interval:.5in;word-wrap:break-word'>
<!--StartFragment-->

${body}<!--EndFragment-->
</body>

</html>`;

test("converts a pasted table of a spreadsheet", async ({ ada }) => {
  await opened(ada);
  await ada.pastes({
    "text/plain": "Name\tPrice\nTea\t3",
    "text/html":
      "<table style='width:1px'><tbody><tr><td>Name</td><td>Price</td></tr><tr><td>Tea</td><td>3</td></tr></tbody></table>",
  });
  await has(ada, "| Name | Price |\n| --- | --- |\n| Tea | 3 |");
});

test("converts pasted lists of Word", async ({ ada }) => {
  await opened(ada);
  await ada.pastes({
    "text/plain": "Shopping\r\n·\tFruit\r\no\tApples, red and green\r\n§\tBoskoop\r\n·\tBread\r\n",
    "text/html": fromWord(
      `<p class=MsoNormal>Shopping<o:p></o:p></p>\n\n` +
        word("First", 1, "·", "Fruit") +
        word("Middle", 2, "o", "Apples, <b>red</b>\nand green", '"Courier New"') +
        word("Middle", 3, "§", "Boskoop", "Wingdings") +
        word("Last", 1, "·", "Bread"),
    ),
  });
  await has(ada, "Shopping\n\n- Fruit\n  - Apples, **red** and green\n    - Boskoop\n- Bread");
  // It is shown as a list, level by level.
  await expect(ada.text.locator("li > ul > li > ul > li")).toHaveText("Boskoop");

  await clears(ada);
  await ada.pastes({
    "text/plain": "1.\tOven\r\na.\tHot\r\nb.\tHotter\r\n2.\tDough\r\n",
    "text/html": fromWord(
      word("First", 1, "1.", "Oven", "Calibri") +
        word("Middle", 2, "a.", "Hot", "Calibri") +
        word("Middle", 2, "b.", "Hotter", "Calibri") +
        word("Last", 1, "2.", "Dough", "Calibri"),
    ),
  });
  await has(ada, "1. Oven\n   1. Hot\n   2. Hotter\n2. Dough");

  // Boxes to tick: as bullets of Wingdings, in which letters are drawings, and as content controls.
  await clears(ada);
  const control = (mark: string, text: string) =>
    `<w:Sdt CheckBox="t" CheckBoxIsChecked="${mark === "☐" ? "f" : "t"}" CheckBoxValueChecked="☒"
CheckBoxValueUnchecked="☐" ID="-1"><span style='font-family:"MS Gothic"'>${mark}</span></w:Sdt><span
style='mso-spacerun:yes'> </span>${text}`;
  await ada.pastes({
    "text/plain": "q\tFlour\r\nþ\tSugar\r\n·\t☐ Eggs\r\n·\t☒ Milk\r\n",
    "text/html": fromWord(
      word("First", 1, "q", "Flour", "Wingdings") +
        word("Middle", 2, "þ", "Sugar", "Wingdings") +
        word("Middle", 1, "·", control("☐", "Eggs")) +
        word("Last", 1, "·", control("☒", "Milk")),
    ),
  });
  await has(ada, "- [ ] Flour\n  - [x] Sugar\n- [ ] Eggs\n- [x] Milk");
  await expect(ada.text.getByRole("checkbox")).toHaveCount(4);
});

test("converts pasted lists of Word in a browser", async ({ ada }) => {
  const item = (list: "ul" | "ol", level: number, position: number, text: string) =>
    `<div class="ListContainerWrapper SCXW80013170 BCX0" style="margin: 0px; padding: 0px; user-select: text; clear: both; position: relative;"><${list} class="${list === "ul" ? "Bullet" : "Number"}ListStyle1 SCXW80013170 BCX0" role="list"${list === "ol" ? ` start="${position}"` : ""} style="margin: 0px; padding: 0px; cursor: text; overflow: visible;"><li data-leveltext="${list === "ul" ? "" : "%1."}" data-font="Symbol" data-listid="1" data-list-defn-props="{&quot;335552541&quot;:1}" aria-setsize="-1" data-aria-posinset="${position}" data-aria-level="${level}" role="listitem" class="OutlineElement Ltr SCXW80013170 BCX0" style="margin: 0px 0px 0px 24px;"><p class="Paragraph SCXW80013170 BCX0" xml:lang="EN-US" lang="EN-US" paraid="1"><span data-contrast="auto" xml:lang="EN-US" lang="EN-US" class="TextRun SCXW80013170 BCX0" style="font-size: 12pt;"><span class="NormalTextRun SCXW80013170 BCX0">${text}</span></span><span class="EOP SCXW80013170 BCX0" data-ccp-props="{}" style="font-size: 12pt;">&nbsp;</span></p></li></${list}></div>`;
  await opened(ada);
  await ada.pastes({
    "text/plain": "Fruit \nApples \nBread \nOven \nDough ",
    "text/html": `<html><body>\n<!--StartFragment-->${
      item("ul", 1, 1, "Fruit") + item("ul", 2, 1, "Apples") + item("ul", 1, 2, "Bread")
    }<!--EndFragment-->\n</body></html>`,
  });
  await has(ada, "- Fruit\n  - Apples\n- Bread");
  await clears(ada);
  await ada.pastes({
    "text/plain": "Oven \nDough ",
    "text/html": item("ol", 1, 1, "Oven") + item("ol", 2, 1, "Hot") + item("ol", 1, 2, "Dough"),
  });
  await has(ada, "1. Oven\n   1. Hot\n2. Dough");
});

test("converts pasted lists of Google Docs", async ({ ada }) => {
  const looks =
    "font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-weight:400;font-style:normal;font-variant:normal;text-decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;";
  const words = (text: string, more = "") => `<span style="${looks}${more}">${text}</span>`;
  const item = (level: number, inner: string) =>
    `<li dir="ltr" style="list-style-type:disc;${looks}" aria-level="${level}"><p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;" role="presentation">${inner}</p></li>`;
  const box = (level: number, checked: boolean, text: string) =>
    `<li dir="ltr" role="checkbox" aria-checked="${checked}" style="list-style-type:none;${looks}" aria-level="${level}"><img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" width="18px" height="18px" alt="${checked ? "checked" : "unchecked"}" aria-roledescription="checkbox" style="margin-right:3px;" /><p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;display:inline-block;vertical-align:top;margin-top:0;" role="presentation">${words(text, checked ? "text-decoration:line-through;" : "")}</p></li>`;
  const list = (...items: string[]) =>
    `<ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;">${items.join("")}</ul>`;
  const docs = (...parts: string[]) =>
    `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0b3f4d3c-7fff-1c2d">${parts.join("")}</b><br class="Apple-interchange-newline">`;
  await opened(ada);
  await ada.pastes({
    "text/plain": "Fruit\nApples, red\nBoskoop\nBread",
    "text/html": docs(
      list(
        item(1, words("Fruit")),
        list(item(2, words("Apples, ") + words("red", "font-weight:700;")), list(item(3, words("Boskoop")))),
        item(1, words("Bread")),
      ),
    ),
  });
  await has(ada, "- Fruit\n  - Apples, **red**\n    - Boskoop\n- Bread");

  await clears(ada);
  await ada.pastes({
    "text/plain": "Pack\nShirts\nBlue\nCall",
    "text/html": docs(
      list(box(1, false, "Pack"), list(box(2, true, "Shirts"), box(2, false, "Socks")), box(1, true, "Call")),
    ),
  });
  await has(ada, "- [ ] Pack\n  - [x] Shirts\n  - [ ] Socks\n- [x] Call");
  await expect(ada.text.getByRole("checkbox", { checked: true })).toHaveCount(2);
});

test("pastes plain text by its shortcut", async ({ ada }) => {
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(ada);
  const copies = () =>
    ada.page.evaluate(async () => {
      const blob = (type: string, text: string) => new Blob([text], { type });
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/html": blob("text/html", "<h1>Plan</h1><ul><li><b>bold</b></li></ul>"),
          "text/plain": blob("text/plain", "# Plan\n**bold**"),
        }),
      ]);
    });
  await copies();
  await ada.text.focus();
  await ada.page.keyboard.press("Control+v");
  await has(ada, "# Plan\n\n- **bold**");
  await clears(ada);
  await ada.page.keyboard.press("Control+Shift+v");
  // Every sign is what it was, and nothing more.
  await has(ada, "\\# Plan\n\\*\\*bold\\*\\*");
  await expect(ada.text.locator("h1, h2, ul, strong")).toHaveCount(0);
  await expect(ada.text).toContainText("**bold**");
  // The next paste is again what it is.
  await clears(ada);
  await ada.page.keyboard.press("Control+v");
  await has(ada, "# Plan\n\n- **bold**");
});

test("pastes code with its indentation and its language", async ({ ada }) => {
  await opened(ada);
  await ada.pastes({
    "text/plain": "    fn main() {\r\n        go();\r\n    }\r\n",
    "text/html":
      "<meta charset='utf-8'><div style=\"color: #d4d4d4;font-family: Menlo, Monaco, monospace;white-space: pre;\"><div><span>fn</span></div></div>",
    "vscode-editor-data": '{"version":1,"isFromEmptySelection":false,"multicursorText":null,"mode":"rust"}',
  });
  await has(ada, "```rust\nfn main() {\n    go();\n}\n```");
  await clears(ada);
  await ada.pastes({
    "text/plain": "def f():\n    return 1",
    "text/html":
      '<div class="highlight highlight-source-python"><pre><span class="pl-k">def</span> f():<br>    <span>return</span> 1\n</pre></div>',
  });
  await has(ada, "```python\ndef f():\n    return 1\n```");
  await expect(ada.text.locator("pre")).toHaveText("def f():\n    return 1");
});

test("copies checkboxes, lists and tables as HTML and as Markdown", async ({ ada }) => {
  const content = "1. one\n2. two\n   - inner\n\n- [x] done\n- [ ] open\n\n| a | b |\n| --- | --: |\n| c | d |";
  const { id } = await ada.has({ title: "Draft", content });
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.goes(`/?note=${id}`);
  await expect(ada.text.getByRole("checkbox")).toHaveCount(2);
  await ada.text.focus();
  await ada.page.keyboard.press("Control+a");
  await ada.page.keyboard.press("Control+c");
  // Another program is what pastes it.
  await ada.page.evaluate(() => {
    document.addEventListener(
      "paste",
      (event) => {
        const got = (type: string) => event.clipboardData!.getData(type);
        Object.assign(globalThis, { got: { html: got("text/html"), text: got("text/plain") } });
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true, once: true },
    );
  });
  await ada.page.keyboard.press("Control+v");
  const { html, text } = (await (
    await ada.page.waitForFunction(() => (globalThis as unknown as { got?: { html: string; text: string } }).got)
  ).jsonValue()) as { html: string; text: string };
  expect(text).toBe(content);
  const tags = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
  expect(tags(/<ol\b/g)).toBe(1);
  expect(tags(/<ul\b/g)).toBe(2);
  expect(tags(/<li\b/g)).toBe(5);
  expect(tags(/<input\b[^>]*type="checkbox"/g)).toBe(2);
  expect(tags(/<input\b[^>]*\bchecked\b/g)).toBe(1);
  expect(tags(/<th\b/g)).toBe(2);
});
