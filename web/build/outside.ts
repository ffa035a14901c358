// The texts of `src/outside.ts` in all languages: for the manifest of each, and for the service worker.
import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const folder = new URL("../src/locales/.wuchale/", import.meta.url);
const manifest = new URL("../public/manifest.webmanifest", import.meta.url);

/** Texts by their English, for each language. */
export type Outside = Record<string, Record<string, string>>;

/** What `wuchale` has compiled at the start of the build. */
export function outside(): Outside {
  const read = (name: string): string[] => {
    const text = readFileSync(new URL(name, folder), "utf8");
    return JSON.parse(/= (\[.*\])$/m.exec(text)![1]!) as string[];
  };
  const texts = read("first.of_outside.manifest.js");
  const languages = readdirSync(folder).flatMap(
    (name) => /^first\.of_outside\.(.+)\.compiled\.js$/.exec(name)?.[1] ?? [],
  );
  return Object.fromEntries(
    languages.map((language) => {
      const said = read(`first.of_outside.${language}.compiled.js`);
      return [language, Object.fromEntries(texts.map((text, at) => [text, said[at] || text]))];
    }),
  );
}

interface Manifest {
  name: string;
  short_name: string;
  description: string;
  shortcuts: { name: string }[];
  lang?: string;
  dir?: string;
}

/** The manifest in a language. */
export function manifestIn(language: string, texts: Record<string, string>): Manifest {
  const source = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
  const said = (text: string): string => {
    const found = texts[text];
    if (!found) throw new Error(`src/outside.ts has no text "${text}", which the manifest has`);
    return found;
  };
  return {
    ...source,
    lang: language,
    dir: language === "ar" ? "rtl" : "ltr",
    name: said(source.name),
    short_name: said(source.short_name),
    description: said(source.description),
    shortcuts: source.shortcuts.map((shortcut) => ({ ...shortcut, name: said(shortcut.name) })),
  };
}

/** Writes a manifest for each language but English, which `theme.js` puts into the page. */
export function manifests(): Plugin {
  return {
    name: "manifests",
    apply: "build",
    generateBundle() {
      for (const [language, texts] of Object.entries(outside())) {
        if (language === "en") continue;
        const source = JSON.stringify(manifestIn(language, texts), null, 2);
        this.emitFile({ type: "asset", fileName: `manifest.${language}.webmanifest`, source });
      }
    },
  };
}
