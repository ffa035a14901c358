#!/usr/bin/env node
// Opens the page of an account with many notes in Chromium, scrolls to the end and back, writes among them, and prints what that took of the
// main thread, of memory, and of time on a phone.
//
// The processor is slowed down by CDP while something is measured, not while notes are brought to the browser.
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { cpus, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const { values: options } = parseArgs({
  options: {
    notes: { type: "string", default: "10000" },
    slower: { type: "string", default: "4" },
    site: {
      type: "string",
      default: process.env.SITE_DIR ?? join(root, "web/dist"),
    },
    program: {
      type: "string",
      default:
        process.env.NOTES ??
        join(root, process.env.CARGO_TARGET_DIR ?? "target", "release/notes"),
    },
    out: { type: "string", default: join(root, "bench/results/page.json") },
    traces: { type: "string" },
    limits: { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(
    "usage: bench/page/run.mjs [--notes N] [--slower TIMES] [--site FOLDER] [--program FILE] [--out FILE] [--traces FOLDER] [--limits]\n" +
      "  --traces  keeps a trace of each part, with what the processor did; tracing itself takes time then\n" +
      "  --limits  fails when a figure is over its limit",
  );
  process.exit();
}
const MANY = Number(options.notes);
const SLOWER = Number(options.slower);
/** What a figure may be at most, for 10,000 notes and a processor four times slower. */
const LIMITS = { longest: 100, cards: 150, heap: 80, firstCard: 2500 };
/** A slow connection by Lighthouse's mobile settings. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 204_800,
  uploadThroughput: 93_750,
};
const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 3,
};
const PASSWORD = "correct horse battery";

const say = (text) => process.stderr.write(`${text}\n`);

if (!existsSync(options.program)) {
  say(
    `error: there is not a program \`${options.program}\`\n  = help: cargo build --release -p notes-service, or --program FILE`,
  );
  process.exit(2);
}
if (!existsSync(join(options.site, "index.html"))) {
  say(
    `error: there is no built page in \`${options.site}\`\n  = help: npm --prefix web run build, or --site FOLDER`,
  );
  process.exit(2);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The service with a database of its own, which counts nobody's requests. */
async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "bench-page-"));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    PORT: `${port}`,
    PUBLIC_URL: `http://localhost:${port}`,
    METRICS_PORT: "off",
    USER_RATE: "off",
    NETWORK_RATE: "off",
    DATABASE_URL: `sqlite:${join(folder, "notes.db")}`,
    SITE_DIR: options.site,
  };
  const child = spawn(options.program, ["serve"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (JSON.parse(line).message === "listening") found();
    });
    child.once("exit", (code) =>
      failed(new Error(`the service ended with ${code}`)),
    );
  });
  const stop = () => {
    child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `http://localhost:${port}`, stop };
}

const WORDS =
  "garden letter window market paper river kitchen train bread summer number table winter music ticket mountain coffee yellow street morning".split(
    " ",
  );
const COLORS = [
  "white",
  "white",
  "white",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
];

/** Notes as people have them: short ones, lists, long texts, tables, code; always the same. */
function* notes(many) {
  let seed = 7;
  const next = (below) =>
    (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const words = (count) =>
    Array.from({ length: count }, () => WORDS[next(WORDS.length)]).join(" ");
  const at = "2026-01-05T08:00:00Z";
  for (let index = 1; index <= many; index += 1) {
    const kind = next(10);
    const content =
      kind < 3
        ? words(4 + next(30))
        : kind < 5
          ? Array.from(
              { length: 2 + next(9) },
              () => `- [${next(2) ? "x" : " "}] ${words(1 + next(5))}`,
            ).join("\n")
          : kind < 7
            ? Array.from({ length: 1 + next(4) }, () =>
                words(10 + next(40)),
              ).join("\n\n")
            : kind < 8
              ? `## ${words(3)}\n\n**${words(2)}** and _${words(3)}_\n\n> ${words(12)}\n\n- ${words(4)}\n- ${words(6)}`
              : kind < 9
                ? Array.from({ length: 40 }, () => words(60)).join("\n\n")
                : `\`\`\`\n${words(3)}\n  ${words(5)}\n\`\`\`\n\n| ${words(1)} | ${words(1)} |\n|---|---|\n| ${words(2)} | ${words(3)} |`;
    yield {
      id: `00000000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
      version: 1,
      title: next(8) ? `Note ${index} ${words(next(6))}`.trim() : "",
      content,
      color: COLORS[next(COLORS.length)],
      pinned: false,
      place: "active",
      labels: next(4) ? [] : [["Work", "Home", "Ideas"][next(3)]],
      createdAt: at,
      updatedAt: at,
    };
  }
}

async function fill(address) {
  const headers = { "content-type": "application/json", origin: address };
  const account = {
    email: "bench@example.com",
    username: "bench",
    password: PASSWORD,
  };
  const registered = await fetch(`${address}/api/auth/register`, {
    method: "POST",
    headers,
    body: JSON.stringify(account),
  });
  if (!registered.ok)
    throw new Error(`registering: ${await registered.text()}`);
  const cookie = registered.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const labels = ["Work", "Home", "Ideas"].map((name) => ({
    name,
    color: "blue",
  }));
  const all = [...notes(MANY)];
  // A thousand at a time: a request ends after half a minute, also in a program that is not built for release.
  for (let at = 0; at < MANY; at += 1000) {
    const part = all.slice(at, at + 1000);
    const body = JSON.stringify({
      format: "notes",
      version: 1,
      labels,
      filters: [],
      notes: part,
    });
    const imported = await fetch(`${address}/api/import`, {
      method: "POST",
      headers: { ...headers, cookie },
      body,
    });
    const answer = await imported.json();
    if (!imported.ok || answer.notes !== part.length)
      throw new Error(`importing: ${JSON.stringify(answer).slice(0, 400)}`);
  }
}

async function signIn(context, address) {
  const answer = await context.request.post(`${address}/api/auth/login`, {
    data: { login: "bench", password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`signing in: ${await answer.text()}`);
}

/** Runs in the page, before its own scripts. */
function watch() {
  globalThis.bench = { cards: 0, first: undefined };
  const look = () => {
    const cards = document.querySelectorAll("article").length;
    bench.cards = Math.max(bench.cards, cards);
    if (cards > 0) bench.first ??= performance.now();
    requestAnimationFrame(look);
  };
  look();
}

/**
 * Milliseconds of the processor that each task of the page's main thread took: what a busy machine makes of them is not counted, nor is the task in
 * which a profiler starts, if traces are kept.
 */
function tasksOf(trace) {
  const events = JSON.parse(trace.toString()).traceEvents;
  const profilers = events.filter(
    ({ name }) => name === "CpuProfiler::StartProfiling",
  );
  const profiled = ({ pid, tid, ts, dur }) =>
    profilers.some(
      (start) =>
        start.pid === pid &&
        start.tid === tid &&
        ts <= start.ts &&
        start.ts < ts + dur,
    );
  const main = new Set(
    events
      .filter(
        ({ name, args }) =>
          name === "thread_name" && args?.name === "CrRendererMain",
      )
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = new Map();
  for (const event of events) {
    const { name, ph, pid, tid, tdur } = event;
    const thread = `${pid}:${tid}`;
    if (
      ph !== "X" ||
      tdur === undefined ||
      !/RunTask$/.test(name) ||
      !main.has(thread) ||
      profiled(event)
    )
      continue;
    if (!tasks.has(thread)) tasks.set(thread, { RunTask: [], other: [] });
    tasks
      .get(thread)
      [name === "RunTask" ? "RunTask" : "other"].push(tdur / 1000);
  }
  // The page is the renderer with the most work; a task may be reported by two categories.
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  const lists = [...tasks.values()].map(({ RunTask, other }) =>
    RunTask.length > 0 ? RunTask : other,
  );
  return lists.sort((a, b) => sum(b) - sum(a))[0] ?? [];
}

/** Does something in a slow browser, and says what it took. */
async function measure(page, devtools, run, name) {
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluate(() => (bench.cards = 0));
  const browser = page.context().browser();
  const categories = options.traces
    ? [
        "toplevel",
        "devtools.timeline",
        "v8",
        "disabled-by-default-v8.cpu_profiler",
      ]
    : ["toplevel"];
  await browser.startTracing(page, { categories });
  await run();
  const trace = await browser.stopTracing();
  if (options.traces) {
    mkdirSync(options.traces, { recursive: true });
    writeFileSync(join(options.traces, `${name}.json`), trace);
  }
  const tasks = tasksOf(trace);
  const { cards } = await page.evaluate(() => bench);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const thread = tasks.reduce((total, each) => total + each, 0);
  const longest = Math.max(0, ...tasks);
  return {
    thread,
    longest,
    over: tasks.filter((each) => each > 100).length,
    cards,
    heap: usedSize / 1e6,
  };
}

/** Runs in the page: scrolls by part of a window in each frame, until it goes no further. */
async function scroll(direction) {
  let still = 0;
  let last = -1;
  while (still < 20) {
    scrollBy(0, direction * innerHeight);
    await new Promise((done) => requestAnimationFrame(done));
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
  }
}

/** Brings all notes to the browser, as its user would: by looking at the end until there is no more. */
async function bring(page) {
  const end = Date.now() + 600_000;
  let last = -1;
  let still = 0;
  while (still < 6) {
    if (Date.now() > end)
      throw new Error("the notes did not come in ten minutes");
    await page.evaluate(() =>
      scrollTo(0, document.documentElement.scrollHeight),
    );
    await page.waitForTimeout(250);
    const height = await page.evaluate(
      () => document.documentElement.scrollHeight,
    );
    const loading = await page.getByText("Loading more…").count();
    still = Math.abs(height - last) < 50 && loading === 0 ? still + 1 : 0;
    last = height;
  }
  // Data for the next visit is stored a moment later, and so is the scroll position.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(3000);
}

async function desktop(browser, address) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: "block",
  });
  await signIn(context, address);
  await context.addInitScript(watch);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  await page.goto(address);
  await page.getByRole("article").first().waitFor();
  say("bringing the notes to the browser");
  await bring(page);
  const found = {};
  const take = async (name, run) => {
    found[name] = await measure(page, devtools, run, name);
  };
  const open = async () => {
    await page.waitForFunction(
      () => document.querySelectorAll("article").length > 5,
    );
    await page.waitForTimeout(2000);
  };
  say("opening the page again");
  await take("open again", async () => {
    await page.reload();
    await open();
  });
  // All notes are loaded, and no card has been measured at this width: the next part measures only the board.
  await bring(page);
  await page.setViewportSize({ width: 1300, height: 800 });
  await page.waitForTimeout(1000);
  say("scrolling to the end, and back");
  await take("scroll to the end", () => page.evaluate(scroll, 1));
  const height = await page.evaluate(
    () => document.documentElement.scrollHeight,
  );
  await take("scroll back", () => page.evaluate(scroll, -1));
  await take("jump to the end and back", async () => {
    for (const key of ["End", "Home"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(1500);
    }
  });
  say("writing among them");
  await page.evaluate((to) => scrollTo(0, to), Math.round(height / 2));
  await page.waitForTimeout(1000);
  const card = page.locator("article").nth(20);
  await card.scrollIntoViewIfNeeded();
  await card.locator("[data-card]").focus();
  await page.keyboard.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("textbox", { name: "Title" })
    .click();
  await page.waitForTimeout(1500);
  await take("write 20 letters", async () => {
    for (const letter of "among ten thousand..")
      await page.keyboard.type(letter, { delay: 40 });
    await page.waitForTimeout(3000);
  });
  await take("close the note", async () => {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(1000);
  });
  await context.close();
  return found;
}

/** Milliseconds until the first card of somebody with a phone, who was never here, and who was. */
async function phone(browser, address) {
  const context = await browser.newContext({
    ...PHONE,
    serviceWorkers: "block",
  });
  await signIn(context, address);
  await context.addInitScript(watch);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const visit = async (go) => {
    await go();
    await page.waitForFunction(() => bench.first !== undefined, undefined, {
      timeout: 60_000,
    });
    return page.evaluate(() => bench.first);
  };
  const first = await visit(() => page.goto(address));
  await page.waitForTimeout(4000);
  const again = await visit(() => page.reload());
  await context.close();
  return { first, again };
}

const chromium = execFileSync(
  join(root, "scripts/tools"),
  ["path", "browser", "chromium"],
  { encoding: "utf8" },
).trim();
const playwright = createRequire(join(root, "web/e2e/package.json"))(
  "@playwright/test",
);
const service = await serve();
let failed = false;
try {
  say(`importing ${MANY} notes`);
  await fill(service.address);
  const browser = await playwright.chromium.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const visits = [];
  for (let round = 0; round < 3; round += 1)
    visits.push(await phone(browser, service.address));
  const median = (key) =>
    visits.map((visit) => visit[key]).sort((a, b) => a - b)[1];
  const firstCard = { first: median("first"), again: median("again") };
  const found = await desktop(browser, service.address);
  const machine = `${cpus().length} cores, Linux ${release()}, Chromium ${browser.version()}`;
  await browser.close();

  mkdirSync(resolve(options.out, ".."), { recursive: true });
  const result = {
    at: new Date().toISOString(),
    machine,
    notes: MANY,
    slower: SLOWER,
    found,
    firstCard,
  };
  writeFileSync(options.out, JSON.stringify(result, null, 1));
  console.log(
    `| ${MANY} notes, a processor ${SLOWER} times slower | main thread s | longest task ms | tasks over 100 ms | cards | heap MB |`,
  );
  console.log(`|---|${"--:|".repeat(5)}`);
  for (const [name, { thread, longest, over, cards, heap }] of Object.entries(
    found,
  )) {
    console.log(
      `| ${name} | ${(thread / 1000).toFixed(1)} | ${longest.toFixed(0)} | ${over} | ${cards} | ${heap.toFixed(1)} |`,
    );
    // Opening reads everything from the disk; only the heap is limited.
    const figures =
      name === "open again" ? { cards, heap } : { longest, cards, heap };
    for (const [figure, value] of Object.entries(figures)) {
      if (value > LIMITS[figure]) {
        say(
          `over the limit: ${name}: ${figure} is ${value.toFixed(0)}, and may be ${LIMITS[figure]}`,
        );
        failed = true;
      }
    }
  }
  console.log(
    `\nFirst card on a phone: ${firstCard.first.toFixed(0)} ms at the first visit, ${firstCard.again.toFixed(0)} ms at the next. ${machine}.`,
  );
  if (firstCard.first > LIMITS.firstCard) {
    say(
      `over the limit: the first card came after ${firstCard.first.toFixed(0)} ms, and may take ${LIMITS.firstCard}`,
    );
    failed = true;
  }
} finally {
  service.stop();
}
process.exit(options.limits && failed ? 1 : 0);
