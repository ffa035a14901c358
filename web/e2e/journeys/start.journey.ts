// What the page asks for, and when: a slow connection is that of the first view until it is there.
import { expect, test } from "../support/journey";

/** A path without the fingerprint of a build. */
const name = (address: string): string => new URL(address).pathname.replace(/-[\w-]{8}(?=\.\w+$)/, "");

test("asks for nothing before the first notes that they do not need", async ({ ada }) => {
  const label = await ada.label("Garden");
  await ada.has({ title: "Beans", content: "- [ ] water", labelIds: [label.id] });
  const { page } = ada;
  const asked: string[] = [];
  page.on("request", (request) => void asked.push(name(request.url())));
  let answer!: () => void;
  const held = new Promise<void>((release) => (answer = release));
  await page.route("**/api/notes?*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  // Whatever does not wait for the notes has been asked for by now.
  await expect.poll(() => asked).toContain("/api/labels");
  await expect.poll(() => asked).toContain("/assets/markdown.js");
  // What writes to the store comes a moment after the labels: before this line on a slow machine, else after it.
  const first = asked.filter(
    (path) => !path.startsWith("data:") && !path.includes("svg+xml") && path !== "/assets/keeper.js",
  );
  expect(first.sort()).toEqual([
    "/",
    "/api/auth/account",
    "/api/labels",
    "/api/notes",
    "/assets/figtree-latin-wght-normal.woff2",
    "/assets/markdown.js",
    "/assets/notes.css",
    "/assets/notes.js",
    "/theme.js",
  ]);
  answer();
  // The label is known when its card comes: the card does not grow.
  await expect(page.getByRole("article", { name: "Beans" }).getByText("Garden")).toBeVisible();
  await expect.poll(() => asked).toContain("/assets/sync.js");
  expect(asked.filter((path) => path === "/api/labels").length).toBe(1);
  // Once it rests, the page can be installed.
  await expect(page.locator("link[rel=manifest]")).toHaveAttribute("href", "/manifest.webmanifest");
});

test("asks a visitor for nothing but the form", async ({ visitor }) => {
  const { page } = await visitor();
  const asked: string[] = [];
  page.on("request", (request) => void asked.push(name(request.url())));
  let answer!: () => void;
  const held = new Promise<void>((release) => (answer = release));
  await page.route("**/api/auth/options", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await expect.poll(() => asked).toContain("/assets/forms.js");
  expect(asked.filter((path) => path.startsWith("/assets/") || path.startsWith("/api/")).sort()).toEqual([
    "/api/auth/account",
    "/api/auth/options",
    "/assets/figtree-latin-wght-normal.woff2",
    "/assets/forms.js",
    "/assets/notes.css",
    "/assets/notes.js",
  ]);
  answer();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
});
