// Sends what the user has done, in order, when the service can be reached. Nothing of it is lost: it is kept on this device until the service
// has it, whatever becomes of the page, the network or the session.
import { api, Failure, type Note } from "../api/client";
import { notes } from "./notes.svelte";
import { combine, type Create, type Edit, enqueue, isLocal, type Op, settle, type Text } from "./ops";
import { route } from "./route.svelte";
import { ask, session } from "./session.svelte";
import { local } from "./storage";
import { link, toasts } from "./toasts.svelte";

/** After the last key was typed. */
const TYPING_MILLIS = 700;

class Queue {
  sending = $state.raw<string>();

  #account = "";
  #page = crypto.randomUUID();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeper: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor() {
    if (typeof addEventListener === "undefined") return;
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.#keepNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.#keepNow();
        this.flush();
      } else this.#adopt();
    });
    // Another page of this browser must not send what this one is about to send.
    void navigator.locks?.request(`page:${this.#page}`, () => new Promise(() => {}));
  }

  /** Goes on with what an account left behind. */
  open(account: string): void {
    if (this.#account === account) {
      this.hurry();
      return;
    }
    this.#account = account;
    notes.ops = [];
    void this.#adopt();
    // The page that this one replaces may be going just now.
    setTimeout(() => void this.#adopt(), 1500);
  }

  /** Forgets the account, and what it has not sent. */
  close(): void {
    this.#set([]);
    this.#keepNow();
    this.#account = "";
  }

  push(op: Op): void {
    this.#set(enqueue(notes.ops, op, this.sending));
    this.#schedule();
  }

  remove(uid: string): void {
    this.#set(notes.ops.filter((op) => op.uid !== uid));
  }

  /** The user has changed the text of a note; sent when they stop. */
  write(id: string, text: Text): void {
    const name = notes.nameOf(id);
    const note = notes.get(name);
    if (!note || (note.title === text.title && note.content === text.content)) return;
    const base = notes.base.get(name);
    this.push({
      kind: "text",
      ...stamp(name),
      notBefore: Date.now() + TYPING_MILLIS,
      text,
      base: base
        ? { title: base.title, content: base.content, version: base.version }
        : { title: note.title, content: note.content, version: note.version },
    });
  }

  /** Sends at once what waits for the user to stop typing. */
  flush(): void {
    if (notes.ops.some((op) => op.notBefore)) {
      this.#set(
        notes.ops.map((op) => {
          const { notBefore: _, ...rest } = op;
          return rest as Op;
        }),
      );
    }
    this.#schedule();
  }

  /** Tries again at once. */
  hurry(): void {
    this.#failures = 0;
    this.#schedule();
  }

  /** Tries again what the service has refused. */
  retry(uid: string): void {
    this.#replace(uid, ({ refused: _, ...op }) => op as Op);
    this.#schedule();
  }

  /** Decides a conflict: the user's text replaces the other. */
  keepMine(edit: Edit): void {
    const { theirs, ...rest } = edit;
    if (!theirs) return;
    const { title, content, version } = theirs;
    this.#replace(edit.uid, () => ({ ...rest, base: { title, content, version } }));
    this.#schedule();
  }

  /** Decides a conflict: the user's text is given up. */
  keepTheirs(edit: Edit): void {
    if (edit.theirs) notes.take([edit.theirs]);
    this.remove(edit.uid);
  }

  /** Decides a conflict: the user's text becomes a note of its own. */
  keepBoth(edit: Edit): void {
    const note = notes.base.get(edit.id) ?? edit.theirs;
    this.keepTheirs(edit);
    this.#saveAsNew(edit, note);
  }

  #saveAsNew(edit: Edit, like: Note | undefined): void {
    this.push({
      kind: "create",
      ...stamp(`local-${crypto.randomUUID()}`),
      note: {
        title: edit.text.title,
        content: edit.text.content,
        ...(like ? { color: like.color, labelIds: like.labelIds } : {}),
      },
    });
  }

  #replace(uid: string, change: (op: Op) => Op): void {
    this.#set(notes.ops.map((op) => (op.uid === uid ? change(op) : op)));
  }

  #set(ops: readonly Op[]): void {
    notes.ops = ops;
    this.#keeper ??= setTimeout(() => this.#keepNow(), 150);
  }

  get #key(): string {
    return `queue:${this.#account}:${this.#page}`;
  }

  #keepNow(): void {
    clearTimeout(this.#keeper);
    this.#keeper = undefined;
    if (!this.#account) return;
    if (notes.ops.length === 0) local.remove(this.#key);
    else if (!local.set(this.#key, notes.ops)) {
      toasts.show("This browser keeps nothing: what is not saved yet is lost when you close the page.", {
        kind: "error",
      });
    }
  }

  /** Takes over what pages have left that are closed. */
  async #adopt(): Promise<void> {
    const prefix = `queue:${this.#account}:`;
    for (const key of local.keys(prefix)) {
      const page = key.slice(prefix.length);
      if (page === this.#page) continue;
      const take = () => {
        const left = local.get<Op[]>(key) ?? [];
        local.remove(key);
        this.#set([...left, ...notes.ops]);
        this.#keepNow();
      };
      if (!navigator.locks) take();
      else await navigator.locks.request(`page:${page}`, { ifAvailable: true }, (lock) => (lock ? take() : undefined));
    }
    this.#schedule();
  }

  #schedule(delay = 0): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#drain(), delay);
  }

  /** The first change that may be sent now; else after how long one may. */
  #next(): Op | number | undefined {
    const now = Date.now();
    const held = new Set<string>();
    let wait: number | undefined;
    for (const op of notes.ops) {
      if (held.has(op.id)) continue;
      const stuck = op.refused !== undefined || (op.kind === "text" && op.theirs !== undefined);
      if (stuck) {
        // Text that waits for the user holds nothing else up; a note that is not there yet does.
        if (op.kind === "create") held.add(op.id);
        continue;
      }
      const rest = (op.notBefore ?? 0) - now;
      if (rest <= 0) return op;
      held.add(op.id);
      wait = Math.min(wait ?? rest, rest);
    }
    return wait;
  }

  async #drain(): Promise<void> {
    if (this.sending || session.status !== "in" || !this.#account) return;
    for (;;) {
      const op = this.#next();
      if (op === undefined) return;
      if (typeof op === "number") {
        this.#schedule(op + 5);
        return;
      }
      this.sending = op.uid;
      let delay: number | undefined;
      try {
        const note = await this.#send(op);
        this.#done(op, note);
      } catch (cause) {
        delay = this.#failed(op, Failure.of(cause));
      } finally {
        this.sending = undefined;
      }
      if (delay !== undefined) {
        this.#schedule(delay);
        return;
      }
    }
  }

  #done(op: Op, note: Note | undefined): void {
    this.#failures = 0;
    link.lost = false;
    if (note) {
      notes.take([note]);
      if (isLocal(op.id)) notes.named(op.id, note.id);
    } else if (op.kind === "delete") notes.drop([op.id]);
    this.#set(settle(notes.ops, op, note));
  }

  /** After how many milliseconds to go on, if not at once. */
  #failed(op: Op, failure: Failure): number | undefined {
    if (failure instanceof Conflict) {
      link.lost = false;
      return undefined;
    }
    // What was typed while this was on its way is in the queue too.
    const text = op.kind === "text" || op.kind === "create";
    if (failure.passing || (text && failure.status >= 500)) {
      link.lost = true;
      this.#failures += 1;
      return failure.retryAfterSecs
        ? failure.retryAfterSecs * 1000
        : Math.min(30_000, 1000 * 2 ** (this.#failures - 1));
    }
    if (failure.status === 401) return 60_000;
    link.lost = false;
    if (op.kind === "text" && (failure.status === 404 || failure.status === 409)) {
      // It was deleted, or is in the trash. What was written is not.
      this.remove(op.uid);
      if (failure.status === 404) notes.drop([op.id]);
      this.#saveAsNew(op, notes.base.get(op.id));
      toasts.show("That note is gone. What you wrote was kept as a new note.", { requestId: failure.requestId });
    } else if (text) {
      const { message, requestId } = failure;
      this.#replace(op.uid, (op) => ({ ...op, refused: { message, ...(requestId ? { requestId } : {}) } }));
      toasts.failure(failure, "A note was not saved.");
    } else {
      this.remove(op.uid);
      if (failure.status === 404) notes.drop([op.id]);
      toasts.failure(failure, "That change was undone.");
    }
    return undefined;
  }

  async #send(op: Op): Promise<Note | undefined> {
    const path = { id: op.id };
    const always = { params: { path, header: { "If-Match": "*" } } };
    switch (op.kind) {
      case "create":
        return this.#create(op);
      case "text":
        return this.#edit(op);
      case "patch":
        return ask(api.PATCH("/api/notes/{id}", { ...always, body: op.patch }));
      case "move":
        return ask(api.POST("/api/notes/{id}/move", { params: { path }, body: op.target }));
      case "place":
        if (op.verb === "trash") return ask(api.DELETE("/api/notes/{id}", { params: { path } }));
        return ask(api.POST(`/api/notes/{id}/${op.verb}`, { params: { path } }));
      case "delete":
        await ask(api.DELETE("/api/notes/{id}/permanent", { params: { path } }));
        return undefined;
    }
  }

  #create(op: Create): Promise<Note> {
    // Sent again after its answer was lost, it makes no second note.
    return ask(api.POST("/api/notes", { params: { header: { "Idempotency-Key": op.uid } }, body: op.note }));
  }

  async #edit(op: Edit): Promise<Note | undefined> {
    let { text, base } = op;
    for (;;) {
      const changed = {
        ...(text.title === base.title ? {} : { title: text.title }),
        ...(text.content === base.content ? {} : { content: text.content }),
      };
      if (Object.keys(changed).length === 0) return notes.base.get(op.id);
      try {
        return await ask(
          api.PATCH("/api/notes/{id}", {
            params: { path: { id: op.id }, header: { "If-Match": `"${base.version}"` } },
            body: changed,
          }),
        );
      } catch (cause) {
        if (!(cause instanceof Failure) || cause.status !== 412) throw cause;
      }
      const theirs = await ask(api.GET("/api/notes/{id}", { params: { path: { id: op.id } } }));
      const both = combine(base, text, theirs);
      if (!both) {
        this.#replace(op.uid, (op) => ({ ...op, theirs }) as Edit);
        notes.take([theirs]);
        // Who has it open sees both.
        if (route.note === null || notes.nameOf(route.note) !== notes.nameOf(op.id))
          toasts.show("A note was changed elsewhere while you edited it. Open it to choose.", { kind: "error" });
        throw new Conflict();
      }
      text = both;
      base = { title: theirs.title, content: theirs.content, version: theirs.version };
    }
  }
}

/** Not a failure of the request: the user has to decide. */
class Conflict extends Failure {
  constructor() {
    super(412, "conflict", "");
  }
}

/** What every change has. */
export function stamp(id: string): { uid: string; id: string; at: string } {
  return { uid: crypto.randomUUID(), id, at: new Date().toISOString() };
}

export const queue = new Queue();
