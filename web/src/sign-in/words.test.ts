import { expect, test } from "vitest";
import { Failure } from "../api/client";
import { problemWords, wordsOf } from "./words";

function limited(seconds?: number): string {
  return wordsOf(new Failure(429, "rate_limited", "Slower.", undefined, [], seconds), "en");
}

test("who comes too often hears when to try again, rounded up", () => {
  expect(limited(0)).toBe("Too many attempts. Try again in 1 second.");
  expect(limited(30)).toBe("Too many attempts. Try again in 30 seconds.");
  expect(limited(241)).toBe("Too many attempts. Try again in 5 minutes.");
  expect(limited(7300)).toBe("Too many attempts. Try again in 3 hours.");
  expect(limited()).toBe("Too many attempts. Try again later.");
});

test("other refusals keep their words, and unknown problems have some", () => {
  expect(wordsOf(new Failure(409, "conflict", "It is taken."))).toBe("It is taken.");
  expect(problemWords("identity_taken")).toContain("another account");
  expect(problemWords("of_a_later_release")).toBe("Signing in did not work. Please try again.");
});
