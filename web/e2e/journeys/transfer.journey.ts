// Everything out as a file, and files in.
import { readFile } from "node:fs/promises";
import { expect, type Person, test } from "../support/journey";
import { picture } from "../support/picture";
import { isSeemly } from "../support/seen";
import { zip } from "../support/zip";

const data = ({ page }: Person) => page.getByRole("region", { name: "Your data" });
const coming = ({ page }: Person) => page.getByRole("region", { name: "Import", exact: true });
/** A count of a report. */
const count = (person: Person, label: string) =>
  coming(person).getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd");

/** Presses a button that exports, and returns what the browser has kept. */
async function exported(person: Person, button: string): Promise<{ name: string; bytes: Buffer }> {
  const arriving = person.page.waitForEvent("download");
  await data(person).getByRole("link", { name: button }).click();
  const download = await arriving;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function imports(person: Person, name: string, buffer: Buffer | string): Promise<void> {
  const choosing = person.page.waitForEvent("filechooser");
  await coming(person).getByRole("button", { name: "Choose files" }).click();
  // Some systems do not know what a file is: its name has to do.
  await (await choosing).setFiles({ name, mimeType: "", buffer: Buffer.from(buffer) });
}

/** `a.md` and `b.png`, a letter each. */
const ARCHIVE =
  "UEsDBBQAAAAAAAAAIQCLntnTAQAAAAEAAAAEAAAAYS5tZEFQSwMEFAAAAAAAAAAhADHP0EoBAAAAAQAAAAUAAABiLnBuZ0JQSwECFAMUAAAAAAAAACEAi57Z0wEAAAABAAAABAAAAAAAAAAAAAAAgAEAAAAAYS5tZFBLAQIUAxQAAAAAAAAAIQAxz9BKAQAAAAEAAAAFAAAAAAAAAAAAAACAASMAAABiLnBuZ1BLBQYAAAAAAgACAGUAAABHAAAAAAA=";

test("exports notes to a file, and imports them into another account", async ({ ada, person }) => {
  const home = await ada.label("Home");
  await ada.has({ title: "Shopping", content: "- [ ] milk", pinned: true, labelIds: [home.id] });
  await ada.has({ title: "Thoughts", content: "Some **bold** ones." });
  await ada.goes("/settings");

  const json = await exported(ada, "Export as JSON");
  expect(json.name).toMatch(/^notes-\d{4}-\d\d-\d\d\.json$/);
  const { labels, notes } = JSON.parse(json.bytes.toString()) as Record<string, { title?: string; name?: string }[]>;
  expect(labels?.map(({ name }) => name)).toEqual(["Home"]);
  expect(notes?.map(({ title }) => title)).toEqual(["Shopping", "Thoughts"]);
  const archive = await exported(ada, "Export as Markdown");
  expect(archive.name).toMatch(/^notes-\d{4}-\d\d-\d\d\.zip$/);
  expect(archive.bytes.subarray(0, 2).toString()).toBe("PK");
  expect(archive.bytes.includes("Shopping.md")).toBe(true);

  const bob = await person("bob");
  await bob.goes("/settings");
  await imports(bob, json.name, json.bytes);
  await expect(coming(bob).getByRole("heading", { name: json.name })).toBeVisible();
  await expect(count(bob, "Notes added")).toHaveText("2");
  await expect(count(bob, "Labels added")).toHaveText("1");
  await expect(data(bob)).toContainText(/\b2 of [\d,]+ notes ·\s+1 of/);
  await imports(bob, archive.name, archive.bytes);
  await expect(coming(bob).getByRole("heading", { name: archive.name })).toBeVisible();
  await expect(count(bob, "Notes added")).toHaveText("0");
  await expect(count(bob, "Notes that were here already")).toHaveText("2");
  await coming(bob).scrollIntoViewIfNeeded();
  await isSeemly(bob.page, "imported");
  // They come to the page without loading it again.
  await bob.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await expect(bob.card("Shopping")).toHaveCount(1);
  await expect(bob.card("Shopping")).toContainText("Home");
  await expect(bob.card("Thoughts")).toHaveCount(1);
});

test("imports single files, and reports content that cannot be imported", async ({ ada }) => {
  ada.watch.expect(/4(00|22)/);
  await ada.goes("/settings");
  const [report, alert] = [coming(ada).getByRole("status"), coming(ada).getByRole("alert")];
  const rows = report.getByRole("row");

  await imports(ada, "Plans.MD", "# Plans\n\nA walk.");
  await expect(report.getByRole("heading")).toHaveText("Plans.MD");
  await expect(count(ada, "Notes added")).toHaveText("1");
  await imports(ada, "page.html", "<title>A page</title><p>Some <b>bold</b> words.");
  await expect(report.getByRole("heading")).toHaveText("page.html");
  await expect(rows).toHaveCount(0);

  await imports(ada, "both.zip", Buffer.from(ARCHIVE, "base64"));
  await expect(report.getByRole("heading")).toHaveText("both.zip");
  await expect(count(ada, "Left out")).toHaveText("1");
  await expect(rows.nth(1)).toHaveText(/b\.png\s*Left out\s*is not in a supported format/);
  // The report is there to keep.
  const arriving = ada.page.waitForEvent("download");
  await report.getByRole("button", { name: "Download the report" }).click();
  const kept = await readFile(await (await arriving).path(), "utf8");
  expect(kept).toContain("Notes added: 1");
  expect(kept).toMatch(/b\.png\t\tLeft out\tis not in a supported format/);
  await isSeemly(ada.page, "import-report");

  await imports(ada, "latin.md", Buffer.from([0x23, 0x20, 0x63, 0x61, 0x66, 0xe9]));
  await expect(rows.nth(1)).toHaveText(/latin\.md\s*Changed\s*is not UTF-8; it was decoded as windows-1252/);
  await imports(
    ada,
    "long.json",
    JSON.stringify({ format: "notes", version: 1, notes: [{ title: "Mauve", color: "mauve" }] }),
  );
  await expect(rows.nth(1)).toHaveText(/long\.json\s*1\s*Changed\s*`mauve` is not a valid colour; use one of/);

  await imports(ada, "photo.jpeg", "no words");
  await expect(alert).toContainText("photo.jpeg cannot be imported.");
  await expect(report).toBeEmpty();
  await imports(ada, "broken.json", "{");
  await expect(alert).toContainText("broken.json: is not in a supported format");
  await imports(ada, "empty.zip", "no archive");
  await expect(alert).toContainText("not a zip or tar archive");
  await expect(alert).toContainText(/Request [\w-]+/);
  await coming(ada).scrollIntoViewIfNeeded();
  await isSeemly(ada.page, "import-refused");

  expect(await ada.titles()).toHaveLength(5);
  await ada.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await expect(ada.page.getByRole("article")).toHaveCount(5);
  await expect(ada.page.getByText("A walk.")).toBeVisible();
});

test("imports an archive of Google Keep, and reports what it found", async ({ ada }) => {
  const at = 1_600_000_000_000_000;
  const note = (more: object) =>
    JSON.stringify({
      color: "DEFAULT",
      isTrashed: false,
      isPinned: false,
      isArchived: false,
      createdTimestampUsec: at,
      userEditedTimestampUsec: at + 1_000_000,
      ...more,
    });
  const archive = zip({
    "Takeout/archive_browser.html": "<html><title>Archive</title></html>",
    "Takeout/Keep/List.json": note({
      title: "List",
      isPinned: true,
      listContent: [
        { text: "one", isChecked: true },
        { text: "two", isChecked: false },
      ],
      labels: [{ name: "Home" }],
    }),
    "Takeout/Keep/List.html": "<html><title>List</title><body>one</body></html>",
    "Takeout/Keep/Old.json": note({ title: "Old", textContent: "2 * 3 * 4", isArchived: true, color: "TEAL" }),
    "Takeout/Keep/Old.html": "<html><title>Old</title><body>2 * 3 * 4</body></html>",
    "Takeout/Keep/Door.json": note({
      title: "Door",
      textContent: "Blue",
      attachments: [
        { filePath: "17a2b3c4d5.png", mimetype: "image/png" },
        { filePath: "99f8e7d6c5.jpg", mimetype: "image/jpeg" },
      ],
    }),
    "Takeout/Keep/17a2b3c4d5.png": picture(60, 40),
    "Takeout/Keep/Gone.json": note({ title: "Gone", textContent: "Nothing", isTrashed: true }),
    "Takeout/Keep/Labels.txt": "Home\nEmpty\n",
  });
  await ada.goes("/settings");
  await imports(ada, "takeout-20260301T080000Z-001.zip", archive);
  const report = coming(ada).getByRole("status");
  await expect(report.getByRole("heading")).toHaveText("takeout-20260301T080000Z-001.zip");
  await expect(count(ada, "Notes added")).toHaveText("4");
  await expect(count(ada, "Attachments added")).toHaveText("1");
  // What is missing is named, and what only repeats the notes.
  const rows = report.getByRole("row");
  await expect(rows.filter({ hasText: "99f8e7d6c5.jpg" })).toContainText("the archive does not contain it");
  await expect(rows.filter({ hasText: "is a copy or a list of the notes in Google Keep" })).toHaveCount(4);
  await expect(rows.filter({ hasText: "17a2b3c4d5.png" })).toHaveCount(0);
  await isSeemly(ada.page, "import-keep");

  await ada.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await expect.poll(() => ada.cards("Pinned")).toEqual(["List"]);
  await expect(ada.card("List")).toContainText("Home");
  await expect(ada.card("List").getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expect(ada.card("Door").locator("img")).toHaveAttribute("src", /thumbnail/);
  const all = [...(await ada.notes()), ...(await ada.notes("archived")), ...(await ada.notes("trash"))];
  const found = Object.fromEntries(all.map((note) => [note.title, note]));
  expect(found["List"]).toMatchObject({ content: "- [x] one\n- [ ] two", createdAt: "2020-09-13T12:26:40Z" });
  expect(found["Old"]).toMatchObject({ place: "archived", color: "teal" });
  expect(found["Gone"]).toMatchObject({ place: "trash" });
  // The same archive adds nothing a second time.
  await ada.goes("/settings");
  await imports(ada, "takeout-again.zip", archive);
  await expect(report.getByRole("heading")).toHaveText("takeout-again.zip");
  await expect(count(ada, "Notes added")).toHaveText("0");
  await expect(count(ada, "Notes that were here already")).toHaveText("4");
});

/** What another program exports: the file, and the notes that come of it. */
interface Export {
  file: string;
  bytes: () => Buffer;
  notes: object[];
  attachments?: number;
  /** How many copies of notes it has beside them. */
  copies?: number;
  /** Whether its notes have identifiers, by which they are found again. */
  identified?: boolean;
}
const OTHERS: Record<string, Export> = {
  Evernote: {
    file: "Kitchen.enex",
    bytes: () =>
      Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20240105T102200Z" application="Evernote" version="10">
<note><title>Tea &amp; milk</title><created>20240105T102200Z</created><tag>Kitchen</tag>
<content><![CDATA[<en-note><div><en-todo checked="true"/>green</div><div><en-todo/>black</div><div>and <b>hot</b></div></en-note>]]></content>
<resource><data encoding="base64">${picture(60, 40).toString("base64")}</data><mime>image/png</mime>
<resource-attributes><file-name>cup.png</file-name></resource-attributes></resource></note></en-export>`),
    notes: [
      {
        title: "Tea & milk",
        content: /^- \[x\] green\n- \[ \] black\n\nand \*\*hot\*\*/,
        createdAt: "2024-01-05T10:22:00Z",
      },
    ],
    attachments: 1,
  },
  Joplin: {
    file: "notes.zip",
    bytes: () => {
      const times = "created_time: 2024-01-05T10:22:00.000Z\nupdated_time: 2024-01-06T10:22:00.000Z";
      const [note, book, file] = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];
      return zip({
        [`${note}.md`]: `Walks\n\n- [ ] the lake\n- [x] the hill\n\n![](:/${file})\n\nid: ${note}\nparent_id: ${book}\n${times}\ntype_: 1`,
        [`${book}.md`]: `Outside\n\nid: ${book}\n${times}\ntype_: 2`,
        [`${file}.md`]: `map.png\n\nid: ${file}\nmime: image/png\nfile_extension: png\ntype_: 4`,
        [`resources/${file}.png`]: picture(60, 40),
      });
    },
    notes: [{ title: "Walks", content: /^- \[ \] the lake\n- \[x\] the hill/, createdAt: "2024-01-05T10:22:00Z" }],
    attachments: 1,
    identified: true,
  },
  Simplenote: {
    file: "simplenote.zip",
    bytes: () =>
      zip({
        "source/notes.json": JSON.stringify({
          activeNotes: [
            {
              id: "one",
              content: "Seeds\r\nBeans and peas",
              creationDate: "2024-01-05T10:22:00.000Z",
              lastModified: "2024-01-06T10:22:00.000Z",
              tags: ["garden"],
              pinned: true,
            },
          ],
          trashedNotes: [],
        }),
        "Seeds.txt": "Seeds\r\nBeans and peas",
      }),
    notes: [{ title: "Seeds", content: /^Beans and peas$/, createdAt: "2024-01-05T10:22:00Z", pinned: true }],
    copies: 1,
    identified: true,
  },
  Obsidian: {
    file: "vault.zip",
    bytes: () =>
      zip({
        "vault/.obsidian/app.json": "{}",
        "vault/Letters.md": "---\ntags:\n  - post\n---\nTo **grandmother** ![[stamp.png]]",
        "vault/stamp.png": picture(60, 40),
      }),
    notes: [{ title: "Letters", content: /^To \*\*grandmother\*\*/ }],
    attachments: 1,
  },
  "Apple Notes, Bear": {
    file: "notes.zip",
    bytes: () =>
      zip({
        "Plans/Plans.md": "# Plans\n\n- [ ] a boat\n- [x] a map",
        "Songs.md": "# Songs\n\nOne for *winter*.",
      }),
    notes: [
      { title: "Plans", content: /^- \[ \] a boat\n- \[x\] a map$/ },
      { title: "Songs", content: /^One for \*winter\*\.$/ },
    ],
  },
};

for (const [program, { file, bytes, notes, attachments, copies, identified = false }] of Object.entries(OTHERS)) {
  test(`imports an export of ${program}`, async ({ ada }) => {
    await ada.goes("/settings");
    await coming(ada).getByText("Supported sources").click();
    await expect(coming(ada).getByRole("term").filter({ hasText: program })).toBeVisible();
    await imports(ada, file, bytes());
    const report = coming(ada).getByRole("status");
    await expect(report.getByRole("heading")).toHaveText(file);
    await expect(count(ada, "Notes added")).toHaveText(`${notes.length}`);
    if (attachments) await expect(count(ada, "Attachments added")).toHaveText(`${attachments}`);
    await expect(count(ada, "Left out")).toHaveText(copies ? [`${copies}`] : []);
    const found = (await ada.notes()).sort((a, b) => a.title.localeCompare(b.title));
    expect(found).toHaveLength(notes.length);
    for (const [at, { content, ...rest }] of (notes as { content: RegExp }[]).entries()) {
      expect(found[at]).toMatchObject(rest);
      expect(found[at]!.content).toMatch(content);
    }
    // They are on the board of the open page, with their pictures.
    await ada.page.getByRole("link", { name: "Notes", exact: true }).first().click();
    for (const { title } of found) await expect(ada.card(title)).toBeVisible();
    await expect(ada.page.getByRole("article").locator("img")).toHaveCount(attachments ?? 0);
    // The same export adds nothing a second time, if its notes can be told apart.
    await ada.goes("/settings");
    await imports(ada, file, bytes());
    await expect(count(ada, "Notes added")).toHaveText(`${identified ? 0 : notes.length}`);
    if (identified) await expect(count(ada, "Notes that were here already")).toHaveText(`${notes.length}`);
  });
}
