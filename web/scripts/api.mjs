// Writes src/api/schema.ts from service/openapi.json; with --check, fails when the file is not what would be written.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const document = new URL("../../service/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);

const source = `// Generated from service/openapi.json by \`npm run api\`. Do not edit.\n\n${astToString(
  await openapiTS(JSON.parse(await readFile(document, "utf8"))),
)}`;

if (process.argv.includes("--check")) {
  if ((await readFile(target, "utf8").catch(() => "")) !== source) {
    console.error("web/src/api/schema.ts is not what service/openapi.json gives; run `npm run api` in web/");
    process.exit(1);
  }
} else {
  await writeFile(target, source);
}
