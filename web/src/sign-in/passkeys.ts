// Passkeys: between the options of the service and the answer of the browser, both as JSON (WebAuthn Level 3).
import { Failure } from "../api/client";

/** Returns `true` where the browser reads and writes the JSON of passkeys. */
export function passkeysWork(): boolean {
  return typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";
}

/** Returns `true` where passkeys can be suggested in the field for the name. */
export async function suggestionsWork(): Promise<boolean> {
  return passkeysWork() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);
}

/** Makes a passkey on this device. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  return told(navigator.credentials.create({ publicKey }));
}

interface Asked {
  mediation?: CredentialMediationRequirement;
  signal?: AbortSignal;
}

/** Asks for a passkey of this device. */
export async function usePasskey(options: unknown, asked: Asked = {}): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return told(navigator.credentials.get({ publicKey, ...asked }));
}

async function told(asked: Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await asked;
    if (!(credential instanceof PublicKeyCredential)) throw new Failure(-1, "page", MESSAGES["NotAllowedError"]!);
    return credential.toJSON();
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    throw new Failure(-1, cause.name, MESSAGES[cause.name] ?? cause.message);
  }
}

/** The reasons of browsers, which say little to their users. */
const MESSAGES: Record<string, string> = {
  NotAllowedError: "No passkey was used. It was cancelled, or took too long. Try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address. Open the page at its usual address.",
  NotSupportedError: "This device cannot use the passkeys of this service.",
};
