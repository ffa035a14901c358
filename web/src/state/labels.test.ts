// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import type { Label } from "../api/client";
import { loadLabels } from "./account";
import { changeLabel } from "./labels.svelte";
import { notes } from "./notes.svelte";

const WORK = { id: "1", name: "Work", color: "white", sort: 0, version: 1 } as unknown as Label;

/** A service with one label; the answer to its first list arrives when it is released. */
function service() {
  let kept = { ...WORK };
  let release: (() => void) | undefined;
  const refused: string[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    let status = 200;
    if (init.method === "PATCH") {
      const asked = new Headers(init.headers).get("If-Match");
      if (asked === `"${kept.version}"`) {
        kept = { ...kept, ...JSON.parse(String(init.body)), version: kept.version + 1 };
      } else {
        status = 412;
        refused.push(String(asked));
      }
    }
    const body = JSON.stringify(init.method === "PATCH" ? kept : { items: [kept] });
    const headers = { "Content-Type": "application/json" };
    const response = new Response(body, { status, headers });
    if (init.method === "PATCH" || release) return Promise.resolve(response);
    return new Promise((give) => (release = () => give(response)));
  });
  return { release: () => release?.(), refused };
}

afterEach(() => vi.unstubAllGlobals());

test("a list that a change overtook does not bring back the version before it", async () => {
  notes.takeLabels([WORK]);
  const { release, refused } = service();
  const loaded = loadLabels();
  await changeLabel(WORK, { name: "Office" });
  release();
  await loaded;
  expect(notes.label("1")).toMatchObject({ name: "Office", version: 2 });
  expect(refused).toEqual([]);
});

test("a second change waits for the version that the first one makes", async () => {
  notes.takeLabels([WORK]);
  const { refused } = service();
  await Promise.all([changeLabel(WORK, { name: "Office" }), changeLabel(WORK, { color: "red" })]);
  expect(refused).toEqual([]);
  expect(notes.label("1")).toMatchObject({ name: "Office", color: "red", version: 3 });
});
