// Webhooks in words.
import type { components } from "../../api/schema";

export type Webhook = components["schemas"]["Webhook"];
export type WebhookEvent = components["schemas"]["WebhookEvent"];
export type Delivery = components["schemas"]["WebhookDelivery"];

export const EVENTS: { event: WebhookEvent; label: string }[] = [
  { event: "note.created", label: "Note created" },
  { event: "note.updated", label: "Note changed" },
  { event: "note.trashed", label: "Note moved to the trash" },
  { event: "note.restored", label: "Note restored" },
  { event: "note.deleted", label: "Note deleted" },
  { event: "notes.imported", label: "Notes imported" },
  { event: "label.created", label: "Label created" },
  { event: "label.updated", label: "Label changed" },
  { event: "label.deleted", label: "Label deleted" },
  { event: "reminder.fired", label: "Reminder due" },
];

export function eventLabel(event: WebhookEvent | undefined): string {
  return EVENTS.find((known) => known.event === event)?.label ?? event ?? "Another event";
}

const OFF: Record<NonNullable<Webhook["disabledReason"]>, string> = {
  user: "Off",
  failing: "Off: it failed for about a day",
  gone: "Off: the address answered that it is gone",
  too_many_waiting: "Off: too many deliveries waited",
  access_ended: "Off: the password was changed",
};

export function stateOf({ enabled, disabledReason, failures }: Webhook): string {
  if (!enabled) return OFF[disabledReason ?? "user"];
  return failures > 0 ? "On, and failing" : "On";
}

const FAILURES: Record<string, string> = {
  no_address: "The host has no public address",
  no_connection: "No connection",
  tls: "No secure connection",
  no_answer: "No answer",
  too_slow: "The answer took too long",
};

/** Says what came of an attempt. */
export function outcomeOf({ statusCode, failure }: { statusCode?: number; failure?: string }): string {
  if (statusCode !== undefined) return `Answered ${statusCode}`;
  return failure ? (FAILURES[failure] ?? failure) : "Not sent yet";
}

export const DELIVERY: Record<Delivery["state"], string> = {
  waiting: "Waiting",
  delivered: "Delivered",
  given_up: "Given up",
};
