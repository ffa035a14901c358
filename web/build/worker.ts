// Writes the service worker, which knows every file of the build.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { outside } from "./outside.ts";

const source = new URL("../src/worker.js", import.meta.url);
const publicFolder = fileURLToPath(new URL("../public", import.meta.url));

export function worker(): Plugin {
  return {
    name: "worker",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const built = Object.keys(bundle).filter((name) => name !== "index.html");
        const texts = outside();
        // Of the languages, only that of the browser is kept: by its name in the name of the catalog.
        const languageOf = (name: string): string =>
          /\.of_\w+\.(\w+)\.compiled-/.exec(name)?.[1] ?? /manifest\.(\w+)\.webmanifest$/.exec(name)?.[1] ?? "";
        const catalogs = Object.fromEntries(
          Object.keys(texts).map((language) => [
            language,
            built
              .filter((name) => languageOf(name) === language)
              .map((name) => `/${name}`)
              .sort(),
          ]),
        );
        const files = [
          "/",
          ...readdirSync(publicFolder).map((name) => `/${name}`),
          ...built.filter((name) => !languageOf(name)).map((name) => `/${name}`),
        ].sort();
        const hash = createHash("sha256").update(JSON.stringify([files, catalogs, texts]));
        for (const name of readdirSync(publicFolder).sort()) hash.update(readFileSync(`${publicFolder}/${name}`));
        const text = readFileSync(source, "utf8");
        this.emitFile({
          type: "asset",
          fileName: "worker.js",
          source: text
            .replace("__VERSION__", `notes-${hash.update(text).digest("hex").slice(0, 12)}`)
            .replace("__FILES__", JSON.stringify(files))
            .replace("__CATALOGS__", JSON.stringify(catalogs))
            .replace("__TEXTS__", JSON.stringify(texts)),
        });
      },
    },
  };
}
