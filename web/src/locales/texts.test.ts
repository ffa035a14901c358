// @vitest-environment node
// The texts of the page: each is in a catalog, and each catalog has it in its language.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { getConfig, Hub } from "wuchale";
import { manifestIn } from "../../build/outside";
import { OUTSIDE } from "../outside";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LANGUAGES = ["de", "es", "ja", "ar"];
/** Names, and keys that are called the same. */
const SAME =
  /^(API|JSON|Markdown|Text|Link|Links|Code|Filter|Label|Labels|Name|Orange|Sand|Offline|Webhooks?|Passkeys?|Alt|Ctrl|End|Enter|Esc|Home|Shift|Tab|Color|Error|(Evernote|Google Keep|Joplin|Notesnook|Obsidian|Simplenote|Standard Notes|Android|Chrome|Edge|Firefox|Linux|Opera|Safari|Windows)|passkey|\{0\} · \{1\})$/;

interface Entry {
  id: string;
  plural: string | undefined;
  forms: string[];
  fuzzy: boolean;
  obsolete: boolean;
}

/** The entries of a gettext file, without its head. */
function entries(text: string): Entry[] {
  const joined = (lines: string): string =>
    [...lines.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([quoted]) => JSON.parse(quoted) as string).join("");
  return text
    .split("\n\n")
    .slice(1)
    .filter((block) => /^(#~ )?msgid/m.test(block))
    .map((block) => {
      const said = (key: string): string | undefined => {
        const found = new RegExp(`^${key} ((?:".*"\\n?)+)`, "m").exec(`${block}\n`)?.[1];
        return found === undefined ? undefined : joined(found);
      };
      const forms = [...`${block}\n`.matchAll(/^msgstr(?:\[\d\])? ((?:".*"\n)+)/gm)].map(([, lines]) => joined(lines!));
      return {
        id: said("msgid") ?? "",
        plural: said("msgid_plural"),
        forms,
        fuzzy: /^#,.*fuzzy/m.test(block),
        obsolete: /^#~/m.test(block),
      };
    });
}

const po = (language: string): Promise<string> => readFile(`${root}/src/locales/${language}.po`, "utf8");
const marks = (text: string): string[] => [...text.matchAll(/\{\d+\}|<\/?\d+\/?>|[%]/g)].map(([mark]) => mark).sort();

describe("texts of the page", () => {
  it("are all in the catalogs, which have no others", async () => {
    const written = new Map<string, string>();
    const fs = {
      read: (file: string) => readFile(file, "utf8").catch(() => null),
      write: (file: string, content: string) => void written.set(file, content),
      mkdir: () => {},
      exists: (file: string) =>
        readFile(file).then(
          () => true,
          () => false,
        ),
      unlink: () => true,
    };
    const config = await getConfig(`${root}/wuchale.config.js`);
    const hub = await Hub.create("cli", () => ({ ...config, logLevel: "error" }), root, 0, fs as never);
    await hub.directVisit(true, false, false);
    const known = new Set(entries(await po("en")).map(({ id }) => id));
    const found = [...written].find(([file]) => file.endsWith("/en.po"))?.[1];
    const extracted = found === undefined ? known : new Set(entries(found).map(({ id }) => id));
    // The way out: `npm run texts`, then translate what is new.
    expect(
      [...extracted].filter((id) => !known.has(id)),
      "missing in src/locales/en.po",
    ).toEqual([]);
    expect(
      [...known].filter((id) => !extracted.has(id)),
      "no longer used",
    ).toEqual([]);
  }, 60_000);

  it.each(LANGUAGES)("are translated completely: %s", async (language) => {
    const texts = entries(await po(language));
    const source = new Map(entries(await po("en")).map((entry) => [entry.id, entry]));
    expect(texts.map(({ id }) => id).sort()).toEqual([...source.keys()].sort());
    const forms = new Intl.PluralRules(language)
      .resolvedOptions()
      .pluralCategories.filter((name) => language === "ar" || name !== "many").length;
    for (const { id, plural, forms: said, fuzzy, obsolete } of texts) {
      expect({ id, fuzzy, obsolete }).toEqual({ id, fuzzy: false, obsolete: false });
      expect(said.length, id).toBe(plural === undefined ? 1 : forms);
      for (const text of said) {
        expect(text.trim(), id).not.toBe("");
        // The forms for one and two may name the number in words.
        expect(marks(text), `placeholders of "${id}" in "${text}"`).toEqual(marks(id));
      }
      if (plural !== undefined && plural.includes("#")) expect(said.at(-1), id).toContain("#");
      if (!SAME.test(id) && said.length === 1 && /[a-z]{3}/.test(id)) expect(said[0], "left in English").not.toBe(id);
    }
  });

  it.each(LANGUAGES)("choose the plural form that Unicode gives: %s", async (language) => {
    const rule = /plural=([^;]+);/.exec(await po(language))?.[1];
    const choose = new Function("n", `return Number(${rule})`) as (n: number) => number;
    const order = ["zero", "one", "two", "few", "many", "other"];
    const rules = new Intl.PluralRules(language);
    const known = order.filter(
      (name) =>
        rules.resolvedOptions().pluralCategories.includes(name as Intl.LDMLPluralRule) &&
        (language === "ar" || name !== "many"),
    );
    for (let n = 0; n <= 1005; n++) expect(known[choose(n)], `${n}`).toBe(rules.select(n));
  });

  it("of the manifest are among those outside of the page", () => {
    const texts = Object.fromEntries(OUTSIDE.map((text) => [text, `(${text})`]));
    expect(manifestIn("de", texts)).toMatchObject({ name: "(Notes)", lang: "de", dir: "ltr" });
    expect(() => manifestIn("de", {})).toThrow(/has no text "Notes"/);
  });
});
