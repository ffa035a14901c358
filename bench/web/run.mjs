#!/usr/bin/env node
// Opens this page and the original's in one Chromium, repeatedly without caches, and prints when each becomes visible and usable.
//
// Both are production builds. Ours is served by the release program; the original's files by the server below,
// already compressed as well as brotli can, which its own nginx does not do. Rounds are interleaved, figures are medians.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { cpus, release, tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";

const root = resolve(import.meta.dirname, "../..");
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, "target"));
const work = join(target, "bench-web");
const COMMIT = "b3e7101";

/** What a phone on a slow connection is, by Lighthouse's mobile settings, and a computer beside the server. */
const PLACES = {
  phone: { latency: 150, kbit: 1638, slower: 4 },
  computer: { latency: 0, kbit: 0, slower: 1 },
};

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "11" },
    original: { type: "string", default: "https://github.com/Ogstra/cloud-native-notes" },
    peers: { type: "string", default: "original,ours" },
    out: { type: "string", default: join(root, "bench/results/web.json") },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log("usage: bench/web/run.mjs [--rounds N] [--original URL-OR-FOLDER] [--peers original,ours] [--out FILE]");
  process.exit();
}

const say = (text) => process.stderr.write(`${text}\n`);
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** A single-page application's files, compressed beforehand. */
async function serve(folder) {
  const ready = new Map();
  const server = createServer((request, response) => {
    const asked = join(folder, new URL(request.url, "http://here").pathname);
    const file = extname(asked) && existsSync(asked) ? asked : join(folder, "index.html");
    if (!ready.has(file)) ready.set(file, brotliCompressSync(readFileSync(file)));
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-encoding": "br" };
    response.writeHead(200, headers).end(ready.get(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

async function original() {
  const checkout = join(work, "original");
  const folder = join(checkout, "app/frontend");
  if (!existsSync(join(folder, "dist/index.html"))) {
    say(`building the original's page (${COMMIT}) in ${checkout}`);
    rmSync(checkout, { recursive: true, force: true });
    run("git", ["clone", "--quiet", options.original, checkout]);
    run("git", ["checkout", "--quiet", COMMIT], checkout);
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
    run("npm", ["run", "--silent", "build"], folder);
  }
  return serve(join(folder, "dist"));
}

async function ours() {
  say("building the page, and the service in release");
  run(join(root, "scripts/tools"), ["install", "web"]);
  run("npm", ["run", "--silent", "build"], join(root, "web"));
  run("cargo", ["build", "--locked", "--release", "--quiet", "--package", "notes-service"], root);
  const folder = mkdtempSync(join(tmpdir(), "bench-web-"));
  const environment = { PORT: "0", METRICS_PORT: "off", DATABASE_URL: `sqlite:${join(folder, "notes.db")}` };
  const child = spawn(join(target, "release/notes"), ["serve"], {
    env: { ...process.env, ...environment, SITE_DIR: join(root, "web/dist") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const event = JSON.parse(line);
      if (event.message === "listening") found(`http://${event.address}`);
    });
    child.once("exit", (code) => failed(new Error(`the service ended with ${code}`)));
  });
  const stop = () => {
    child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, stop };
}

/** Runs in the page, before its own scripts: when one can sign in, and when the largest thing was painted. */
function watch() {
  const look = () => {
    if (document.querySelector("input[type=password]")?.checkVisibility()) globalThis.usable = performance.now();
    else requestAnimationFrame(look);
  };
  look();
  new PerformanceObserver((list) => {
    globalThis.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

/** One visit by a browser that was never there. */
async function visit(browser, address, place) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Performance.enable");
    if (place.kbit) {
      const throughput = (place.kbit * 1000) / 8;
      const conditions = { offline: false, latency: place.latency, downloadThroughput: throughput, uploadThroughput: throughput };
      await devtools.send("Network.emulateNetworkConditions", conditions);
    }
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: place.slower });
    let bytes = 0;
    let requests = 0;
    devtools.on("Network.loadingFinished", (event) => {
      bytes += event.encodedDataLength;
      requests += 1;
    });
    await page.addInitScript(watch);
    await page.goto(`${address}/login`);
    await page.waitForFunction(() => globalThis.usable !== undefined && globalThis.largest !== undefined);
    await page.waitForLoadState("networkidle");
    const seen = await page.evaluate(() => ({
      first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      largest: globalThis.largest,
      usable: globalThis.usable,
    }));
    const { metrics } = await devtools.send("Performance.getMetrics");
    const script = metrics.find(({ name }) => name === "ScriptDuration").value * 1000;
    return { ...seen, script, kB: bytes / 1000, requests };
  } finally {
    await context.close();
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

run(join(root, "scripts/tools"), ["install", "browser", "chromium"]);
const chromium = execFileSync(join(root, "scripts/tools"), ["path", "browser", "chromium"], { encoding: "utf8" }).trim();
const playwright = createRequire(join(root, "web/e2e/package.json"))("@playwright/test");

const peers = [];
for (const name of options.peers.split(",")) {
  const start = { original, ours }[name];
  if (!start) {
    console.error(`error: there is no peer \`${name}\`\n  = one of: original, ours`);
    process.exit(2);
  }
  peers.push({ name, ...(await start()) });
}
const browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const visits = {};
for (const [where, place] of Object.entries(PLACES)) {
  for (let round = 0; round < Number(options.rounds); round += 1) {
    say(`${where}: round ${round + 1} of ${options.rounds}`);
    const order = [...peers.slice(round % peers.length), ...peers.slice(0, round % peers.length)];
    for (const { name, address } of order) {
      ((visits[where] ??= {})[name] ??= []).push(await visit(browser, address, place));
    }
  }
}
const version = browser.version();
await browser.close();
for (const { stop } of peers) stop();

const machine = `${cpus().length} cores, Linux ${release()}, Chromium ${version}`;
mkdirSync(resolve(options.out, ".."), { recursive: true });
writeFileSync(options.out, JSON.stringify({ at: new Date().toISOString(), machine, places: PLACES, visits }, null, 1));

const COLUMNS = { first: "first paint ms", largest: "largest paint ms", usable: "sign-in possible ms", script: "script ms", kB: "kB received", requests: "requests" };
console.log(`| where | page | ${Object.values(COLUMNS).join(" | ")} |\n|---|---|${"--:|".repeat(Object.keys(COLUMNS).length)}`);
for (const [where, of] of Object.entries(visits)) {
  for (const [name, taken] of Object.entries(of)) {
    const cells = Object.keys(COLUMNS).map((key) => median(taken.map((each) => each[key])).toFixed(key === "kB" ? 1 : 0));
    console.log(`| ${where} | ${name} | ${cells.join(" | ")} |`);
  }
}
console.log(`\n${machine}; phone: ${PLACES.phone.latency} ms, ${PLACES.phone.kbit} kbit/s, a processor ${PLACES.phone.slower} times slower.`);
