// What an access token may do, in groups that people understand.
import { LOCALE } from "../../locale";
import type { components } from "../../api/schema";

export type Scope = components["schemas"]["TokenPermission"];

export const SCOPES: { group: string; scopes: { scope: Scope; label: string }[] }[] = [
  {
    group: "Notes",
    scopes: [
      { scope: "notes:read", label: "Read notes" },
      { scope: "notes:write", label: "Create, change and delete notes" },
    ],
  },
  {
    group: "Labels",
    scopes: [
      { scope: "labels:read", label: "Read labels" },
      { scope: "labels:write", label: "Create, change and delete labels" },
    ],
  },
  {
    group: "Account",
    scopes: [
      { scope: "account:read", label: "Read your name and address" },
      { scope: "export", label: "Export everything" },
    ],
  },
  {
    group: "Webhooks",
    scopes: [
      { scope: "webhooks:read", label: "Read webhooks" },
      { scope: "webhooks:write", label: "Create, change and delete webhooks" },
    ],
  },
];

const ALL = SCOPES.flatMap(({ scopes }) => scopes);
const READING: Scope[] = ["notes:read", "labels:read", "account:read", "export", "webhooks:read"];

/** Says what a token is for: everything in one word, or each thing. */
export function scopeWords(scopes: Scope[]): string {
  const has = new Set(scopes);
  if (ALL.every(({ scope }) => has.has(scope))) return "Reads and writes";
  if (has.size === READING.length && READING.every((scope) => has.has(scope))) return "Reads";
  return new Intl.ListFormat(LOCALE, { type: "unit", style: "short" }).format(
    ALL.filter(({ scope }) => has.has(scope)).map(({ label }) => label),
  );
}
