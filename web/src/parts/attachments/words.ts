// Words about files: their sizes, and why one was not taken.
import { LOCALE } from "../../locale";
import type { Failure } from "../../api/client";
import type { Attachment } from "../../api/types";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** `812 bytes`, `3.4 MB`, in the user's language. */
export function size(bytes: number, locale = LOCALE): string {
  let at = 0;
  let value = bytes;
  while (value >= 1000 && at < UNITS.length - 1) {
    value /= 1000;
    at += 1;
  }
  const unit = UNITS[at]!;
  const maximumFractionDigits = at > 1 && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: at === 0 ? "long" : "short",
    maximumFractionDigits,
  }).format(value);
}

/** Why a file was not taken, and what to do. */
export function reason(failure: Failure): string {
  const [most, taken] = [...(failure.detail ?? "").matchAll(/\d{4,}/g)].map(([digits]) => Number(digits));
  switch (failure.code) {
    case "payload_too_large":
      return most ? `It is larger than ${size(most)}, which is the most here.` : "It is larger than files may be here.";
    case "limit_reached":
      return most && taken !== undefined
        ? `There is no room: ${size(taken)} of ${size(most)} are in use. Delete files you do not need, or empty the trash.`
        : "A note has at most 100 files. Remove one first.";
    case "files_off":
      return "This server does not store files.";
    case "validation_failed":
      return "It is empty, or a picture that cannot be read.";
    case "note_in_trash":
      return "The note is in the trash. Restore it first.";
    case "not_found":
      return "The note is gone.";
    case "other_account":
    case "unauthenticated":
      return "You are signed out. Sign in again to send it.";
  }
  if (failure.passing) return "The connection was lost.";
  return failure.message;
}

export function isPicture({ width, height, hasThumbnail, inline, mediaType }: Attachment): boolean {
  return (hasThumbnail || (inline && mediaType.startsWith("image/"))) && !!width && !!height;
}

/** The address of an attachment of one's own note; below the note, if another user shares it. */
function addressOf(id: string, sharedNote?: string): string {
  return sharedNote ? `/api/shared/${sharedNote}/attachments/${id}` : `/api/attachments/${id}`;
}

/** The address of the bytes of an attachment. */
export function contentOf(id: string, sharedNote?: string): string {
  return `${addressOf(id, sharedNote)}/content`;
}

/** The address of a small picture of an attachment; of the picture itself, if there is no small one. */
export function thumbnailOf({ id, hasThumbnail }: { id: string; hasThumbnail: boolean }, sharedNote?: string): string {
  return hasThumbnail ? `${addressOf(id, sharedNote)}/thumbnail` : contentOf(id, sharedNote);
}
