import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { wuchale } from "wuchale/vite";
import { direct } from "./build/direct.ts";
import { head } from "./build/head.ts";
import { runtime } from "./build/runtime.ts";
import { plainImports } from "./build/imports.ts";
import { manifests } from "./build/outside.ts";
import { styles } from "./build/styles.ts";
import { worker } from "./build/worker.ts";

const service = process.env["NOTES_SERVICE"] ?? "http://127.0.0.1:8080";
// The host stays that of the page: the service compares it with `Origin`.
const proxy = { "/api": { target: service, changeOrigin: false }, "/docs": { target: service, changeOrigin: false } };
const policy = readFileSync(new URL("csp.txt", import.meta.url), "utf8").trim();

/** The program without methods of these names; `names` is part of a regular expression. */
function withoutMethods(code: string, names: string): string {
  return code.replace(
    new RegExp(`\\n {4}(?:static |get )?(?:${names})\\([^)]*\\) \\{\\n[^]*?\\n {4}\\}(?=\\n)`, "g"),
    "",
  );
}

export default defineConfig({
  plugins: [
    // Unit tests read the texts where they stand, in English.
    process.env["VITEST"] ? [] : wuchale(),
    svelte(),
    styles(),
    manifests(),
    direct(),
    runtime(),
    head(),
    worker(),
    {
      // What this page never runs: detours for browsers that cannot run it, steps, selections and documents as JSON or text, and methods that nothing
      // calls. The minifier drops what the first replacement leaves unused; it keeps all methods of a class.
      name: "slim-prosemirror",
      enforce: "pre",
      transform(code, id) {
        const name = /prosemirror-(\w+)\/dist\/index\.js/.exec(id)?.[1];
        let short = code;
        if (name === "view")
          short = withoutMethods(code, "forEachSet|updateRoot|dispatchEvent|serializeForClipboard")
            .replace(/const ie = [^;]+;/, "const ie = false;")
            .replace(/const ie_version = [^;]+;/, "const ie_version = 0;");
        else if (name === "inputrules") short = code.replaceAll("= new InputRule(", "= /* @__PURE__ */ new InputRule(");
        else if (name === "model" || name === "transform" || name === "state")
          short = withoutMethods(
            code,
            "toJSON|fromJSON|toString\\w*|toDebug|touches|appendMapping|changedRange|clearIncompatible|storedMarksSet|setTime|reconfigure|addToStart|addToEnd|childAfter|childBefore|canAppend",
          );
        else return;
        if (short === code) this.error(`prosemirror-${name} is written in another way now: see vite.config.ts`);
        return { code: short, map: null };
      },
    },
    {
      // Svelte's warnings for developers, which name a page about each of them: users have no use for them.
      name: "slim-svelte",
      apply: "build",
      enforce: "pre",
      transform(code, id) {
        if (!/svelte\/src\/internal\/client\/warnings\.js$/.test(id)) return;
        const names = [...code.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name);
        if (names.length < 10) this.error("svelte warns in another way now: see vite.config.ts");
        return { code: names.map((name) => `export function ${name}() {}`).join("\n"), map: null };
      },
    },
    plainImports(),
  ],
  // Unit tests run what the browser runs: on the server, Svelte has no effects.
  ...(process.env["VITEST"] ? { resolve: { conditions: ["browser", "module", "development|production"] } } : {}),
  // `:dir()` stays as it is: the languages that would replace it say nothing of `dir="auto"`. 4 is `Features.DirSelector` of Lightning CSS.
  css: { lightningcss: { exclude: 4 } },
  build: {
    target: "es2023",
    // The page may load nothing from `data:` but images, and every file is hashed.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Svelte's support for custom elements would stay, because it makes a class when it is loaded.
      output: {
        codeSplitting: {
          groups: [
            {
              // One file for everything that is loaded first: it packs better than many, and is there after one step. Bound inputs are in later parts only.
              name: "notes",
              test: /node_modules\/(svelte|esm-env|clsx)\/(?!.*bindings\/input)|vite\/preload-helper|src\/(main|App|sign-in\/options|api\/client|locale\b|locales\/(runtime|first\.|\.wuchale\/first\.of_first\.en)|views\/[Bb]oard|markdown\/excerpt|parts\/(cut|Card|text|Header|Sidebar|Masonry|masonry|estimate|Popover|Icon|icons|colors|confirm)\b|state\/(calm|notes|lists|signal|tabs|order|storage|session|settings|walks|search\.svelte|route|toasts|selection|dates|account|doing|start|first)\b)/,
            },
            {
              // What reads notes and shows their Markdown comes while the service is asked who is signed in.
              name: "markdown",
              test: /src\/(markdown\/(?!excerpt)|state\/(restore|database|reading)\b|locales\/(shown\.|\.wuchale\/first\.of_shown\.en))/,
            },
            {
              // What the texts of all later parts come by: in no part, which the others would wait for.
              name: "texts",
              test: /src\/locales\/later\./,
            },
            {
              // What writes is one file, too, whose weight has a limit of its own.
              name: "editor",
              test: /node_modules\/(prosemirror-|orderedmap|rope-sequence|w3c-keyname)|src\/editor\/(?!later\/|paste\/)/,
            },
            {
              // The first form is there in one step, too.
              name: "forms",
              test: /src\/((views\/Auth|parts\/(Field|LanguagePicker|Wrong|settings\/form)|sign-in\/(words|passkeys))\b|locales\/(forms\.|\.wuchale\/first\.of_forms\.en))/,
            },
          ],
        },
      },
      treeshake: {
        moduleSideEffects: [{ test: /svelte\/src\/(internal|legacy|reactivity|runtime\.svelte)/, sideEffects: false }],
      },
    },
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === "html" ? files : []),
    },
  },
  server: { port: 5173, proxy },
  preview: { port: 4173, headers: { "Content-Security-Policy": policy }, proxy },
});
