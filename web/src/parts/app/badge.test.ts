// @vitest-environment happy-dom
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Note } from "../../api/client";
import { notes } from "../../state/notes.svelte";
import { route } from "../../state/route.svelte";
import { due, followBadge } from "./badge.svelte";

const NOW = Date.parse("2026-03-04T08:00:00Z");
const MINUTE = 60_000;

let badge: number | undefined;
let visibility: DocumentVisibilityState;
let stop: () => void;

function remind(id: string, at: number): void {
  const note = { id, title: id, place: "active", reminderAt: new Date(at).toISOString() };
  notes.take([
    {
      content: "",
      color: "white",
      pinned: false,
      labelIds: [],
      position: "80",
      version: 1,
      ...note,
    } as unknown as Note,
  ]);
  flushSync();
}

/** Lets the page be seen, or not. */
function turns(to: DocumentVisibilityState): void {
  visibility = to;
  document.dispatchEvent(new Event("visibilitychange"));
  flushSync();
}

function passes(millis: number): void {
  vi.advanceTimersByTime(millis);
  flushSync();
  // What has changed is counted a second later.
  vi.advanceTimersByTime(1000);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  localStorage.clear();
  badge = undefined;
  visibility = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  Object.assign(navigator, {
    setAppBadge: (count: number) => Promise.resolve((badge = count)),
    clearAppBadge: () => Promise.resolve((badge = undefined)),
  });
  route.go("/");
  stop = followBadge();
  flushSync();
});

afterEach(() => {
  stop();
  notes.drop([...notes.all.keys()]);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("counts reminders after the last look, and finds the next one", () => {
  const at = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();
  expect(due([at(-3), at(-1), undefined, at(0), at(5), at(2)], NOW - 2 * MINUTE, NOW)).toEqual({
    count: 2,
    next: NOW + 2 * MINUTE,
  });
  expect(due([], 0, NOW)).toEqual({ count: 0, next: Infinity });
});

test("a reminder that comes while another view is shown is counted, though nothing else changes", () => {
  remind("a", NOW + 5 * MINUTE);
  passes(4 * MINUTE);
  expect(badge).toBeUndefined();
  passes(MINUTE);
  expect(badge).toBe(1);
});

test("a list of reminders that nobody sees has not been looked at until somebody does", () => {
  route.go("/reminders");
  turns("hidden");
  remind("b", NOW + MINUTE);
  passes(MINUTE);
  expect(badge).toBe(1);
  turns("visible");
  passes(0);
  expect(badge).toBeUndefined();
  // It stays so when the page is left.
  turns("hidden");
  passes(0);
  expect(badge).toBeUndefined();
});

test("reminders that were looked at in another page do not count", () => {
  remind("c", NOW + MINUTE);
  passes(MINUTE);
  expect(badge).toBe(1);
  localStorage.setItem("reminders-seen", String(NOW + 2 * MINUTE));
  remind("d", NOW + 3 * MINUTE);
  passes(3 * MINUTE);
  expect(badge).toBe(1);
});
