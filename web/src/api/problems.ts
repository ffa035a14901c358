// The problems of the service in sentences of the page, by their stable codes. In English, the service's own sentence is at least as exact.
import { LANGUAGE, numeral } from "../locale";
import type { FieldProblem, Problem } from "./client";

/** Problems that a person can meet; the others are defects of a program. */
const PROBLEMS: Partial<Record<Problem["code"], string>> = {
  account_disabled: "This account is disabled. Ask the operator of this service.",
  body_too_slow: "The connection is too slow. Please try again.",
  conflict: "This is not possible at the moment. Load the page again.",
  email_taken: "An account with this email address exists already.",
  files_off: "This server does not store files.",
  guest_not_allowed: "Guests cannot do this. Create an account first.",
  guests_full: "No more guests can be admitted at the moment.",
  identity_not_linked:
    "An account with your email address exists already. Sign in to it with your password, then link the provider in the settings.",
  identity_taken: "This sign-in belongs to another account already.",
  internal: "The server made an error. Please try again.",
  invalid_credentials: "The name or the password is wrong.",
  invite_required: "You need an invite to create an account.",
  label_name_taken: "A label with this name exists already.",
  last_way_in: "This is the only way to sign in to your account.",
  limit_reached: "A limit of your account is reached.",
  mail_off: "This service sends no mail.",
  no_pending_sign_in: "This sign-in took too long. Please sign in again.",
  not_found: "It does not exist any more.",
  note_in_trash: "The note is in the trash. Restore it first.",
  note_not_in_trash: "The note is not in the trash.",
  other_account: "Another account is signed in.",
  passkey_rejected: "The passkey was not accepted.",
  passkeys_off: "This service does not support passkeys.",
  payload_too_large: "It is too large for this service.",
  precondition_failed: "It was changed elsewhere. Load the page again.",
  provider_unavailable: "The provider cannot be reached at the moment. Try again later.",
  push_off: "This server sends no push messages.",
  rate_limited: "Too many attempts. Try again later.",
  read_only_share: "You can read this note, but not change it.",
  recent_sign_in_required: "Please confirm with your password first.",
  registration_closed: "Accounts are created by the operator of this service.",
  second_factor_required: "A second step is needed to sign in.",
  sign_in_expired: "This took too long, or was begun in another browser. Please try again.",
  sign_in_failed: "The provider’s answer could not be verified. Please try again.",
  sign_in_off: "This way to sign in is turned off.",
  sign_in_refused: "You were not signed in: it was cancelled, or refused by the provider.",
  storage_full: "The server has no room for more. Deleting notes still works.",
  timed_out: "This took too long. Please try again.",
  unauthenticated: "You are signed out. Please sign in again.",
  unavailable: "The server is not available at the moment. Please try again.",
  unsupported_media_type: "This kind of file is not supported.",
  username_taken: "This username is taken.",
  validation_failed: "Some values are not allowed.",
};

/** What is wrong with one value, by the code of the service. */
const FIELDS: Record<string, string> = {
  empty: "Please fill this in.",
  required: "Please fill this in.",
  invalid: "This value is not allowed.",
  malformed: "This value is not allowed.",
  out_of_range: "This value is not allowed.",
  too_long: "This is too long.",
  too_short: "This is too short.",
  length: "This is too short or too long.",
  weak_password: "This password is too easy to guess.",
  wrong_code: "This code is wrong.",
};

/** The sentence of the page for a problem; nothing if the service's own is to be shown. */
export function problemSentence({ code, detail }: Problem): string | undefined {
  return LANGUAGE === "en" && detail ? undefined : PROBLEMS[code];
}

/** The problems of fields, in the language of the page. */
export function fieldProblems(fields: FieldProblem[]): FieldProblem[] {
  if (LANGUAGE === "en") return fields;
  return fields.map((problem) => {
    const { code, message } = problem;
    const limit = /\d+/.exec(message)?.[0];
    const words =
      code === "too_long" && limit
        ? `At most ${numeral(Number(limit))} characters are allowed.`
        : (code === "too_short" || code === "length") && limit
          ? `At least ${numeral(Number(limit))} characters are needed.`
          : FIELDS[code];
    return words ? { ...problem, message: words } : problem;
  });
}
