// Who is signed in. An account that was seen before is shown at once, and asked for meanwhile.
import { api, type Account, Failure } from "../api/client";
import { local } from "./storage";

type Status =
  /** Not known yet. */
  | "unknown"
  | "in"
  | "out"
  /** The session has ended while the page was used: what was written stays, and the user signs in on top of it. */
  | "expired"
  /** Nobody was seen here before, and the service cannot be reached. */
  | "unreached";

class SessionState {
  account = $state.raw<Account>();
  status = $state<Status>("unknown");

  async start(): Promise<void> {
    const known = local.get<Account>("account");
    if (known) {
      this.account = known;
      this.status = "in";
    }
    await this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      this.set(await api.GET("/api/me"));
    } catch (cause) {
      const failure = Failure.of(cause);
      if (failure.status === 401) this.expire();
      else if (!this.account) this.status = "unreached";
    }
  }

  set(account: Account): void {
    this.account = account;
    this.status = "in";
    local.set("account", account);
  }

  /** A request was refused because the session has ended. */
  expire(): void {
    this.status = this.account ? "expired" : "out";
  }

  forget(): void {
    this.account = undefined;
    this.status = "out";
    local.remove("account");
  }
}

export const session = new SessionState();

/** What a request of somebody who is signed in answers; notices when nobody is any more. */
export async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (cause) {
    if (cause instanceof Failure && cause.status === 401) session.expire();
    throw cause;
  }
}
