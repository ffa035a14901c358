// Everything out as a file, and files in.
import { readFile } from "node:fs/promises";
import { expect, type Person, test } from "../support/journey";
import { isSeemly } from "../support/seen";

const data = ({ page }: Person) => page.getByRole("region", { name: "Your data" });

/** Presses a button that exports, and returns what the browser has kept. */
async function exported(person: Person, button: string): Promise<{ name: string; bytes: Buffer }> {
  const arriving = person.page.waitForEvent("download");
  await data(person).getByRole("link", { name: button }).click();
  const download = await arriving;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function imports(person: Person, name: string, buffer: Buffer | string): Promise<void> {
  const choosing = person.page.waitForEvent("filechooser");
  await data(person).getByRole("button", { name: "Import a file" }).click();
  // Some systems do not know what a file is: its name has to do.
  await (await choosing).setFiles({ name, mimeType: "", buffer: Buffer.from(buffer) });
}

/** `a.md` and `b.png`, a letter each. */
const ARCHIVE =
  "UEsDBBQAAAAAAAAAIQCLntnTAQAAAAEAAAAEAAAAYS5tZEFQSwMEFAAAAAAAAAAhADHP0EoBAAAAAQAAAAUAAABiLnBuZ0JQSwECFAMUAAAAAAAAACEAi57Z0wEAAAABAAAABAAAAAAAAAAAAAAAgAEAAAAAYS5tZFBLAQIUAxQAAAAAAAAAIQAxz9BKAQAAAAEAAAAFAAAAAAAAAAAAAACAASMAAABiLnBuZ1BLBQYAAAAAAgACAGUAAABHAAAAAAA=";

test("notes leave as a file, and come back in another account", async ({ ada, person }) => {
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
  await expect(data(bob).getByRole("status")).toHaveText(`${json.name}: 2 notes and 1 label imported.`);
  await expect(data(bob)).toContainText(/\b2 of [\d,]+ notes, 1 of/);
  await imports(bob, archive.name, archive.bytes);
  await expect(data(bob).getByRole("status")).toHaveText(
    `${archive.name}: 0 notes and 0 labels imported; 2 notes were here already.`,
  );
  await data(bob).scrollIntoViewIfNeeded();
  await isSeemly(bob.page, "imported");
  // They come to the page without loading it again.
  await bob.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await expect(bob.card("Shopping")).toHaveCount(1);
  await expect(bob.card("Shopping")).toContainText("Home");
  await expect(bob.card("Thoughts")).toHaveCount(1);
});

test("single files become notes, and what cannot be imported is told", async ({ ada }) => {
  ada.watch.expect(/4(00|22)/);
  await ada.goes("/settings");
  const [status, alert] = [data(ada).getByRole("status"), data(ada).getByRole("alert")];

  await imports(ada, "Plans.MD", "# Plans\n\nA walk.");
  await expect(status).toHaveText("Plans.MD: 1 note and 0 labels imported.");
  await imports(ada, "page.html", "<title>A page</title><p>Some <b>bold</b> words.");
  await expect(status).toHaveText("page.html: 1 note and 0 labels imported.");

  await imports(ada, "both.zip", Buffer.from(ARCHIVE, "base64"));
  await expect(status.getByRole("paragraph")).toHaveText("both.zip: 1 note and 0 labels imported; 1 left out:");
  await expect(status.getByRole("listitem")).toHaveText(
    "b.png is of no format that notes can be read from, and no note names it",
  );
  await imports(ada, "latin.md", Buffer.from([0x23, 0x20, 0x63, 0x61, 0x66, 0xe9]));
  await expect(status.getByRole("listitem")).toHaveText("latin.md is not UTF-8; it was read as windows-1252");
  await imports(
    ada,
    "long.json",
    JSON.stringify({ format: "notes", version: 1, notes: [{ title: "Mauve", color: "mauve" }] }),
  );
  await expect(status.getByRole("listitem")).toContainText("long.json, line 1 the colour `mauve` is none of");

  await imports(ada, "photo.jpeg", "no words");
  await expect(alert).toContainText("photo.jpeg cannot be imported.");
  await expect(status).toBeEmpty();
  await imports(ada, "broken.json", "{");
  await expect(alert).toContainText("broken.json: is of no format that notes can be read from");
  await imports(ada, "empty.zip", "no archive");
  await expect(alert).toContainText("no zip archive");
  await expect(alert).toContainText(/Request [\w-]+/);
  await data(ada).scrollIntoViewIfNeeded();
  await isSeemly(ada.page, "import-refused");

  expect(await ada.titles()).toHaveLength(5);
  await ada.page.getByRole("link", { name: "Notes", exact: true }).first().click();
  await expect(ada.page.getByRole("article")).toHaveCount(5);
  await expect(ada.page.getByText("A walk.")).toBeVisible();
});
