// Prints what the built page weighs, and fails when what is loaded before anything is seen weighs more than it may.
import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Bytes after gzip, as every server and browser there is can send them; the original's page loads 290 kB of scripts first. */
const BUDGET = { ".js": 40_000, ".css": 10_000 };

const folder = process.argv[2] ?? "dist";
const html = await readFile(join(folder, "index.html"), "utf8").catch(() => {
  console.error(`error: there is no built page in \`${folder}\`\n  = help: npm run build`);
  process.exit(2);
});

/** What the HTML itself names: Vite lists there everything that its first script imports, and what that imports. */
const first = new Set(
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path.slice(1)),
);

const files = [];
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !(extname(file) in BUDGET)) continue;
  const bytes = await readFile(file);
  const path = relative(folder, file);
  files.push({
    path,
    kind: extname(file),
    first: first.has(path),
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  });
}
files.sort((a, b) => b.first - a.first || b.gzip - a.gzip);

const kB = (bytes) => (bytes / 1000).toFixed(1);
const sum = (list, what) => list.reduce((total, file) => total + file[what], 0);
const row = (name, when, list) =>
  `| ${name} | ${when} | ${["raw", "gzip", "brotli"].map((what) => kB(sum(list, what))).join(" | ")} |`;

console.log("| file | loaded | kB | gzip | brotli |\n|---|---|--:|--:|--:|");
for (const file of files) console.log(row(`\`${basename(file.path)}\``, file.first ? "first" : "on demand", [file]));

let over = false;
for (const [kind, budget] of Object.entries(BUDGET)) {
  const list = files.filter((file) => file.first && file.kind === kind);
  console.log(row(`**all ${kind} loaded first**, at most ${kB(budget)} after gzip`, "first", list));
  if (list.length === 0) {
    console.error(`error: \`${folder}/index.html\` names no ${kind} file, so nothing was weighed`);
    over = true;
  }
  const gzip = sum(list, "gzip");
  if (gzip > budget) {
    console.error(
      `error: the ${kind} files that are loaded first weigh ${kB(gzip)} kB after gzip, and may weigh ${kB(budget)} kB`,
    );
    console.error("  = help: load what is not needed for the first view by `import()`");
    over = true;
  }
}

/** What is loaded when a note is opened; what the editor loads later, when it is needed, is not in it. */
const EDITOR = 80_000;
const editor = files.filter(({ path, kind }) => kind === ".js" && basename(path).startsWith("editor-"));
console.log(row(`**the editor**, at most ${kB(EDITOR)} after gzip`, "on demand", editor));
if (editor.length === 0 || sum(editor, "gzip") > EDITOR) {
  console.error(
    `error: the editor weighs ${kB(sum(editor, "gzip"))} kB after gzip, and may weigh ${kB(EDITOR)} kB\n  = help: load what not every note needs by \`import()\``,
  );
  over = true;
}

/** What a visitor with a link loads: the page of a link shares nothing with the page of an account. */
const LINK = 12_000;
const linked = [...(await readFile(join(folder, "link.html"), "utf8")).matchAll(/\b(?:src|href)="(\/assets\/[^"]+)"/g)];
const list = files.filter(({ path }) => linked.some(([, file]) => file === `/${path}`));
console.log(row(`**the page of a link**, at most ${kB(LINK)} after gzip`, "first", list));
if (list.length === 0 || sum(list, "gzip") > LINK) {
  console.error(
    `error: the page of a link weighs ${kB(sum(list, "gzip"))} kB after gzip, and may weigh ${kB(LINK)} kB`,
  );
  over = true;
}
process.exit(over ? 1 : 0);
