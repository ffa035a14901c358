#!/usr/bin/env node
// Measures the built page with Lighthouse: the sign-in, and a board with notes, as a phone on a slow connection sees them. Three runs each, medians.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "..");
const program = process.env.NOTES ?? join(root, process.env.CARGO_TARGET_DIR ?? "target", "release/notes");
const site = process.env.SITE_DIR ?? join(root, "web/dist");
const tools = process.env.INFRA_TOOLS_DIR ?? join(root, ".tools");
const modules = process.env.INFRA_NODE_MODULES ?? join(tools, "npm/lighthouse/node_modules");
const require = createRequire(join(modules, "package.json"));
const { default: lighthouse } = await import(require.resolve("lighthouse"));
const launcher = await import(require.resolve("chrome-launcher"));
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const server = createServer().listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const { port } = server.address();
await new Promise((done) => server.close(done));
const address = `http://localhost:${port}`;
const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
const service = spawn(program, ["serve"], {
  env: {
    PATH: process.env.PATH,
    PORT: `${port}`,
    PUBLIC_URL: address,
    METRICS_PORT: "off",
    DATABASE_URL: `sqlite:${join(folder, "notes.db")}`,
    SITE_DIR: site,
  },
  stdio: ["ignore", "pipe", "inherit"],
});
await new Promise((found, failed) => {
  createInterface({ input: service.stdout }).on("line", (line) => JSON.parse(line).message === "listening" && found());
  service.once("exit", (code) => failed(new Error(`the service ended with ${code}`)));
});

async function post(path, body, headers = {}) {
  const answer = await fetch(`${address}/api${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address, ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer;
}

let chrome;
let below = false;
try {
  const registered = await post("/auth/register", {
    email: "light@example.com",
    username: "light",
    password: "correct horse battery",
  });
  const cookie = registered.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const colors = ["white", "yellow", "green", "blue", "pink"];
  for (let at = 0; at < 30; at += 1) {
    const content = at % 2 ? "- [ ] eggs\n- [x] cream" : "Some **bold** and _slanted_ words about nothing in particular.";
    await post("/notes", { title: `Note ${at}`, content, color: colors[at % 5] }, { cookie });
  }
  const chromePath = execFileSync(join(root, "scripts/tools"), ["path", "browser", "chromium"], { encoding: "utf8" });
  chrome = await launcher.launch({
    chromePath: chromePath.trim(),
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
  });
  const out = join(root, "bench/results");
  mkdirSync(out, { recursive: true });
  console.log(`| page | ${CATEGORIES.join(" | ")} |\n|---|${"--:|".repeat(CATEGORIES.length)}`);
  for (const [name, extraHeaders] of [
    ["sign-in", {}],
    ["board", { Cookie: cookie }],
  ]) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { lhr, report } = await lighthouse(
        address,
        { port: chrome.port, output: "html", onlyCategories: CATEGORIES, extraHeaders, logLevel: "error" },
        undefined,
      );
      runs.push(lhr);
      writeFileSync(join(out, `lighthouse-${name}.html`), report);
    }
    const medians = CATEGORIES.map(
      (category) => runs.map(({ categories }) => Math.round(categories[category].score * 100)).sort((a, b) => a - b)[1],
    );
    if (medians.some((score) => score < 100)) below = true;
    console.log(`| ${name} | ${medians.join(" | ")} |`);
    const last = runs.at(-1);
    for (const category of CATEGORIES) {
      for (const { id, weight } of last.categories[category].auditRefs) {
        const { score, title, displayValue = "" } = last.audits[id];
        if (weight > 0 && score !== null && score < 1)
          console.error(`${name}: ${category}: ${id} ${Math.round(score * 100)}: ${title} ${displayValue}`);
      }
    }
  }
} finally {
  await chrome?.kill();
  service.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
process.exit(below ? 1 : 0);
