// Why somebody is not signed in, in words for people.
import { LOCALE } from "../locale";
import type { Failure } from "../api/client";

/** `in 30 seconds`, `in 5 minutes`, `in 2 hours`, rounded up: who comes back then is not sent away again. */
function later(seconds: number, locale = LOCALE): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (seconds < 90) return format.format(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 90 * 60) return format.format(Math.ceil(seconds / 60), "minute");
  return format.format(Math.ceil(seconds / 3600), "hour");
}

/** Why a request was refused; one that came too often says when to try again. */
export function wordsOf({ status, message, retryAfterSecs }: Failure, locale = LOCALE): string {
  if (status !== 429) return message;
  if (retryAfterSecs === undefined) return "Too many attempts. Try again later.";
  return `Too many attempts. Try again ${later(retryAfterSecs, locale)}.`;
}

/** The reasons that a way back from a provider brings along. */
const PROBLEMS: Record<string, string> = {
  sign_in_expired: "This took too long, or was begun in another browser. Please try again.",
  sign_in_refused: "You were not signed in: it was cancelled, or refused by the provider.",
  sign_in_failed: "The provider’s answer could not be verified. Please try again.",
  sign_in_off: "This service has no provider to sign in with.",
  address_not_allowed: "Your email address is not allowed here. Use another account of the provider.",
  identity_not_linked:
    "An account with your email address exists already. Sign in to it with your password, then link the provider in the settings.",
  identity_taken: "This sign-in belongs to another account already.",
  provider_unavailable: "The provider cannot be reached at the moment. Try again later.",
  registration_closed: "You have no account here yet, and new accounts are created by the operator of this service.",
  invite_required: "You have no account here yet. To make one, you need an invite.",
  account_disabled: "This account is disabled. Ask the operator of this service.",
  rate_limited: "Too many attempts. Try again later.",
  last_way_in: "This is the only way to sign in to your account.",
  limit_reached: "The maximum number is reached.",
};

/** Explains the code of a problem that stands in an address. */
export function problemWords(code: string): string {
  return PROBLEMS[code] ?? "Signing in did not work. Please try again.";
}

/** Takes the code of a problem out of the address, so that it is told once. */
export function takeProblem(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get("problem") ?? undefined;
  if (code) history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}
