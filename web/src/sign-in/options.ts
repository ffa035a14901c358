// The ways into this service, which do not change while the page is open.
import { api, type SignInOptions } from "../api/client";

let asked: Promise<SignInOptions> | undefined;

/** Returns them, or nothing where the service does not answer: then everything is offered, and it says what it refuses. */
export async function signInOptions(): Promise<SignInOptions | undefined> {
  asked ??= api.GET("/api/auth/options");
  try {
    return await asked;
  } catch {
    asked = undefined;
    return undefined;
  }
}
