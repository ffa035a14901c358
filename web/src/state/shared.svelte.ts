// Notes of others that are shared with this account, and invitations to more of them.
import { ago } from "./dates";
import { api, Failure } from "../api/client";
import type { Invitation, SharedNote } from "../api/types";
import { ofAccount } from "./owned.svelte";
import { ask, session } from "./session.svelte";

class Shared {
  notes = $state.raw<readonly SharedNote[]>([]);
  invitations = $state.raw<readonly Invitation[]>([]);
  /** Set once they were read. */
  known = $state(false);
  failure = $state.raw<Failure>();

  #reading = false;
  #again = false;

  constructor() {
    ofAccount(() => this.#forget());
    addEventListener("notes:changed", () => void this.read());
  }

  get(id: string): SharedNote | undefined {
    return this.notes.find((note) => note.id === id);
  }

  /** Describes when a shared note was changed last, and by whom. */
  changed({ owner, writtenBy, updatedAt }: SharedNote): string {
    const when = ago(updatedAt);
    if (writtenBy && !writtenBy.username) return `Changed ${when} by a deleted account`;
    const who = writtenBy?.username ?? owner;
    return who === session.account?.username ? `Changed ${when} by you` : `Changed ${when} by ${who}`;
  }

  /** Reads everything: notes that are shared are few. */
  async read(): Promise<void> {
    const account = session.account;
    // Nothing is shared with guests, who have no address.
    if (!account || account.guest) return;
    this.#again = this.#reading;
    if (this.#reading) return;
    this.#reading = true;
    try {
      const [invitations, notes] = await Promise.all([ask(api.GET("/api/invitations")), pages()]);
      if (session.account?.id !== account.id) return;
      this.invitations = invitations.items;
      this.notes = notes;
      this.known = true;
      this.failure = undefined;
    } catch (cause) {
      this.failure = Failure.of(cause);
    } finally {
      this.#reading = false;
      if (this.#again) void this.read();
    }
  }

  take(note: SharedNote): void {
    const others = this.notes.filter(({ id }) => id !== note.id);
    const before = this.get(note.id);
    if (before && before.version > note.version) return;
    this.notes = before ? this.notes.map((other) => (other.id === note.id ? note : other)) : [note, ...others];
  }

  drop(id: string): void {
    this.notes = this.notes.filter((note) => note.id !== id);
  }

  async accept(invitation: Invitation): Promise<SharedNote> {
    const note = await ask(api.POST("/api/invitations/{id}/accept", { params: { path: { id: invitation.id } } }));
    this.#answered(invitation);
    this.take(note);
    return note;
  }

  async decline(invitation: Invitation): Promise<void> {
    await ask(api.DELETE("/api/invitations/{id}", { params: { path: { id: invitation.id } } }));
    this.#answered(invitation);
  }

  async leave(id: string): Promise<void> {
    await ask(api.DELETE("/api/shared/{id}", { params: { path: { id } } }));
    this.drop(id);
  }

  #answered({ id }: Invitation): void {
    this.invitations = this.invitations.filter((other) => other.id !== id);
  }

  #forget(): void {
    this.notes = [];
    this.invitations = [];
    this.known = false;
    this.failure = undefined;
  }
}

async function pages(): Promise<SharedNote[]> {
  const found: SharedNote[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, fields: "board" as const, ...(cursor ? { cursor } : {}) };
    const page = await ask(api.GET("/api/shared", { params: { query } }));
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

export const shared = new Shared();
