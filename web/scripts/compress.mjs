// Writes a .br and a .gz beside every file of the build that gets smaller by it, so that no server compresses at run time.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2] ?? "dist";
const text = /\.(html|js|css|svg|json|webmanifest|txt|map)$/;

// It is copied as it is written, and loaded before anything is seen.
const theme = join(folder, "theme.js");
await writeFile(theme, (await readFile(theme, "utf8")).replace(/^\s*(?:\/\/|\/\*\*).*\n/gm, "").replace(/^\s+/gm, ""));

for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !text.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const plain = await readFile(file);
  const packed = {
    br: brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
    gz: gzipSync(plain, { level: 9 }),
  };
  for (const [extension, bytes] of Object.entries(packed)) {
    if (bytes.length < plain.length) await writeFile(`${file}.${extension}`, bytes);
  }
}
