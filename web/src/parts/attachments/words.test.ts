import { describe, expect, test } from "vitest";
import type { Attachment } from "../../api/types";
import { contentOf, isPicture, size, thumbnailOf } from "./words";

const PHOTO: Attachment = {
  id: "a1",
  noteId: "n1",
  name: "door.jpg",
  alt: "",
  mediaType: "image/jpeg",
  bytes: 812,
  sha256: "0".repeat(64),
  width: 900,
  height: 600,
  hasThumbnail: true,
  inline: true,
  version: 1,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

test("formats sizes in the unit that people read", () => {
  expect([1, 812, 3_400, 3_449_000, 150_000_000, 2_000_000_000].map((bytes) => size(bytes, "en"))).toEqual([
    "1 byte",
    "812 bytes",
    "3 kB",
    "3.4 MB",
    "150 MB",
    "2 GB",
  ]);
});

test("shows as pictures what browsers show and has dimensions", () => {
  expect(isPicture(PHOTO)).toBe(true);
  expect(isPicture({ ...PHOTO, hasThumbnail: false })).toBe(true);
  expect(isPicture({ ...PHOTO, hasThumbnail: false, inline: false })).toBe(false);
  expect(isPicture({ ...PHOTO, hasThumbnail: false, mediaType: "application/pdf" })).toBe(false);
  expect(isPicture({ ...PHOTO, width: 0 })).toBe(false);
});

describe("addresses", () => {
  const small = { id: "a1", hasThumbnail: true };
  const whole = { id: "a1", hasThumbnail: false };

  test("of own notes name the attachment alone", () => {
    expect(contentOf("a1")).toBe("/api/attachments/a1/content");
    expect(thumbnailOf(small)).toBe("/api/attachments/a1/thumbnail");
    expect(thumbnailOf(whole)).toBe("/api/attachments/a1/content");
  });

  test("of shared notes are below the note, by which recipients have access", () => {
    expect(contentOf("a1", "n1")).toBe("/api/shared/n1/attachments/a1/content");
    expect(thumbnailOf(small, "n1")).toBe("/api/shared/n1/attachments/a1/thumbnail");
    expect(thumbnailOf(whole, "n1")).toBe("/api/shared/n1/attachments/a1/content");
  });
});
