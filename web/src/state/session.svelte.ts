// Who is signed in. An account that was seen before is shown at once, and asked for meanwhile. All pages of a browser agree about it: the one that
// hears that somebody else is here shows nothing of the account before.
import { api, type Account, Failure, speakFor } from "../api/client";
import { local } from "./storage";
import { hear, tell } from "./tabs";

type Status =
  /** Not known yet. */
  | "unknown"
  | "in"
  | "out"
  /** The session has ended while the page was used: what was written stays, and the user signs in on top of it. */
  | "expired"
  /** Another page has signed out, or in as somebody else. */
  | "left"
  /** Nobody was seen here before, and the service cannot be reached. */
  | "unreached";

class SessionState {
  account = $state.raw<Account>();
  status = $state<Status>("unknown");
  /** Who is signed in in other pages, where this one was left. */
  other = $state.raw<Account>();
  /** Whether this browser knew nobody when the page was opened. */
  fresh = true;
  /** Whether this browser keeps who is signed in, so that it says something when nobody is. */
  #kept = false;

  constructor() {
    hear((message) => {
      if (message.kind === "in") this.#meet(message.who, true);
      else if (message.account !== this.account?.id) return;
      else if (message.kind === "out") this.leave();
      else if (message.kind === "expired") this.expire();
    });
    if (typeof addEventListener === "undefined") return;
    // The same for browsers in which pages cannot speak, and for pages that slept while others spoke.
    const look = (): void => {
      const kept = local.get<Account>("account");
      if (kept) this.#meet(kept, local.get("expired") !== kept.id);
      else if (this.account && this.#kept) this.leave();
    };
    addEventListener("storage", ({ key }) => (key === "account" || key === "expired" || key === null) && look());
    addEventListener("pageshow", ({ persisted }) => persisted && look());
  }

  async start(): Promise<void> {
    const known = local.get<Account>("account");
    if (known) {
      this.account = known;
      this.fresh = false;
      this.#kept = true;
      speakFor(known.id);
      // What is kept of an account whose session has ended is not shown to whoever comes next.
      this.status = local.get("expired") === known.id ? "expired" : "in";
    }
    await this.refresh(true);
  }

  /** Asks who is signed in. */
  async refresh(start = false): Promise<void> {
    const asked = this.account?.id;
    // Another page has said who is here while the answer was on its way: it is about nobody of this page any more.
    const isLate = (): boolean => this.account?.id !== asked;
    try {
      // At the start nobody is shown for sure: whoever the service knows is right, and that nobody is signed in is no error.
      const account = asked && !start ? await api.GET("/api/me") : (await api.GET("/api/auth/account")).account;
      // A request for the account that was seen before may have been refused first, because somebody else is signed in: here is who.
      const isFound = start && this.status === "left" && !this.other && account && account.id !== asked;
      if (isLate() && !isFound) return;
      if (!account) this.expire();
      else if (start || !this.account || account.id === this.account.id) this.set(account);
      else this.leave(account);
    } catch (cause) {
      if (isLate()) return;
      const failure = Failure.of(cause);
      if (failure.status === 401) this.expire();
      else if (failure.code === "other_account") this.leave();
      else if (!this.account) this.status = "unreached";
    }
  }

  set(account: Account): void {
    const news = this.status !== "in" || this.account?.id !== account.id;
    this.account = account;
    this.other = undefined;
    this.status = "in";
    speakFor(account.id);
    // In this order: a page whose session has ended goes on as whoever is kept as soon as the mark is gone, and must not meet the account before.
    this.#kept = local.set("account", account);
    local.remove("expired");
    if (news) tell({ account: account.id, kind: "in", who: account });
  }

  /** A request was refused because the session has ended. */
  expire(): void {
    if (this.status === "expired") return;
    if (!this.account) {
      this.status = "out";
      return;
    }
    this.status = "expired";
    local.set("expired", this.account.id);
    tell({ account: this.account.id, kind: "expired" });
  }

  /** This page belongs to an account that is not signed in any more. */
  leave(other?: Account): void {
    this.other = other;
    this.account = undefined;
    this.status = "left";
    speakFor(undefined);
  }

  /** The user has signed out. */
  forget(): void {
    const { account } = this;
    this.account = undefined;
    this.status = "out";
    speakFor(undefined);
    // Somebody else may be signed in by now.
    if (account && local.get<Account>("account")?.id === account.id) local.remove("account");
    local.remove("expired");
    if (account) tell({ account: account.id, kind: "out" });
  }

  /** Somebody is signed in in another page. */
  #meet(who: Account, live: boolean): void {
    if (!this.account) this.other = who;
    else if (this.account.id !== who.id) this.leave(who);
    // They came back there.
    else if (this.status === "expired" && live) this.set(who);
  }
}

export const session = new SessionState();

/** What a request of somebody who is signed in answers; notices when nobody is any more, or somebody else. */
export async function ask<T>(request: Promise<T>): Promise<T> {
  const account = session.account?.id;
  try {
    const answer = await request;
    // It belongs to who was here when it was asked for.
    if (session.account?.id !== account) throw new Failure(409, "other_account", "You are signed out of that account.");
    return answer;
  } catch (cause) {
    if (cause instanceof Failure && account && session.account?.id === account) {
      if (cause.status === 401) session.expire();
      else if (cause.code === "other_account") session.leave();
    }
    throw cause;
  }
}
