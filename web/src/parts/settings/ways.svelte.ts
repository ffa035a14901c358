// The ways into the account, of which several parts of the settings know.
import { api, Failure, type Session, type SignInOptions } from "../../api/client";
import type { components } from "../../api/schema";
import { signInOptions } from "../../sign-in/options";
import { ask, session } from "../../state/session.svelte";
import { toasts } from "../../state/toasts.svelte";

type Schemas = components["schemas"];
export type Factors = Schemas["FactorList"];
export type Passkey = Schemas["Passkey"];
export type Identity = Schemas["Identity"];

const MINUTE = 60_000;
/** What was begun when the page was left for the provider. */
const LEFT = "settings-provider";

class Ways {
  options = $state.raw<SignInOptions>();
  factors = $state.raw<Factors>();
  passkeys = $state.raw<Passkey[]>([]);
  identities = $state.raw<Identity[]>([]);
  sessions = $state.raw<Session[]>([]);
  failure = $state.raw<Failure>();
  /** The account whose they are. */
  #account: string | undefined;
  #confirmedUntil = $state(0);

  /** Asks for all of them; what one of them changes, others show. */
  async load(): Promise<void> {
    const account = session.account;
    if (!account) return;
    if (this.#account !== account.id) this.#forget(account.id);
    try {
      const [options, sessions] = await Promise.all([signInOptions(), ask(api.GET("/api/sessions"))]);
      this.options = options;
      this.sessions = sessions.items;
      if (!account.guest) {
        const [factors, passkeys, identities] = await Promise.all([
          ask(api.GET("/api/me/factors")),
          ask(api.GET("/api/passkeys")),
          ask(api.GET("/api/me/identities")),
        ]);
        this.factors = factors;
        this.passkeys = passkeys.items;
        this.identities = identities.items;
      }
      this.failure = undefined;
    } catch (cause) {
      this.failure = Failure.of(cause);
    }
  }

  /** The name of the provider at which somebody may confirm in place of a password. */
  get confirmsAt(): string | undefined {
    return this.identities.length > 0 ? this.options?.provider?.name : undefined;
  }

  /** Somebody came back from the provider a moment ago. */
  get confirmed(): boolean {
    return this.#confirmedUntil > Date.now();
  }

  /** Somebody signed in by a passkey a moment ago, which is enough for factors. */
  get fresh(): boolean {
    const current = this.sessions.find((one) => one.current);
    return current?.signedInBy[0] === "passkey" && Date.parse(current.createdAt) > Date.now() - 10 * MINUTE + 5_000;
  }

  /** The service wants the password all the same. */
  doubt(): void {
    this.#confirmedUntil = 0;
  }

  /** Leaves for the provider. */
  leave(what: "link" | "confirm", address: string): void {
    sessionStorage.setItem(LEFT, what);
    location.assign(address);
  }

  /** Comes back from it; `problem` is what went wrong there. */
  return(problem: string | undefined): void {
    const what = sessionStorage.getItem(LEFT);
    sessionStorage.removeItem(LEFT);
    if (!what || problem) return;
    if (what === "confirm") this.#confirmedUntil = Date.now() + 5 * MINUTE - 10_000;
    toasts.show(what === "confirm" ? "Confirmed. Continue within five minutes." : "The provider was linked.");
  }

  #forget(account: string): void {
    const known = this.#account;
    this.#account = account;
    if (!known) return;
    this.factors = undefined;
    this.passkeys = [];
    this.identities = [];
    this.sessions = [];
    this.#confirmedUntil = 0;
  }
}

export const ways = new Ways();
