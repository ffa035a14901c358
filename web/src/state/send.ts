// Sends the queue, in the one page of the browser that does: one change after the other, when the service can be reached.
import { apiFor, Failure, type Note } from "../api/client";
import { combine, conflicting, settle } from "./changes";
import { named } from "./keeper";
import { notes } from "./notes.svelte";
import { type Create, type Edit, isLocal, type Op } from "./ops";
import { queue } from "./queue.svelte";
import { reached, say } from "./reach";
import { route } from "./route.svelte";
import { ask, session } from "./session.svelte";
import { hear } from "./tabs";

/** Changes that were sent last, for pages that go on with one of them before they hear of it. */
const REMEMBERED = 50;

/** Not a failure of the request: the user has to decide. */
class Conflict extends Failure {
  constructor() {
    super(412, "conflict", "");
  }
}

/** Sends what the user does, until what it returns is called. */
export function send(account: string): () => void {
  const api = apiFor(account);
  const sent = new Map<string, Op>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const schedule = (delay = 0): void => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void drain(), delay);
  };
  const look = (hurry: boolean): void => {
    if (hurry) failures = 0;
    // While the service cannot be reached, what is typed does not ask it at every key.
    if (failures === 0) schedule();
  };

  async function drain(): Promise<void> {
    if (queue.sending || session.status !== "in" || ended) return;
    for (;;) {
      const op = next();
      if (op === undefined || ended) return;
      if (typeof op === "number") return schedule(op + 5);
      queue.sending = op.uid;
      let delay: number | undefined;
      try {
        done(op, await request(op));
      } catch (cause) {
        delay = failed(op, Failure.of(cause));
      } finally {
        queue.sending = undefined;
      }
      if (delay !== undefined) return schedule(delay);
    }
  }

  function done(op: Op, note: Note | undefined): void {
    if (notes.account !== account) return;
    failures = 0;
    reached(true);
    sent.set(op.uid, op);
    if (sent.size > REMEMBERED) sent.delete(sent.keys().next().value!);
    if (note) {
      notes.take([note]);
      if (isLocal(op.id)) named(op.id, note.id);
    } else if (op.kind === "delete") notes.drop([op.id]);
    queue.settle(settle(notes.ops, op, note));
  }

  /** After how many milliseconds to go on, if not at once. */
  function failed(op: Op, failure: Failure): number | undefined {
    if (notes.account !== account) return undefined;
    if (failure instanceof Conflict) {
      reached(true);
      return undefined;
    }
    // What was typed while this was on its way is in the queue too.
    const text = op.kind === "text" || op.kind === "create";
    if (failure.passing || (text && failure.status >= 500)) {
      reached(false);
      failures += 1;
      return failure.retryAfterSecs ? failure.retryAfterSecs * 1000 : Math.min(30_000, 1000 * 2 ** (failures - 1));
    }
    // Nobody is signed in, or somebody else: it waits for who made it.
    if (failure.status === 401 || failure.code === "other_account") return 60_000;
    reached(true);
    if (op.kind === "text" && (failure.status === 404 || failure.status === 409)) {
      // It was deleted, or is in the trash. What was written is not.
      queue.remove(op.uid);
      if (failure.status === 404) notes.drop([op.id]);
      queue.saveAsNew(op, notes.base.get(op.id));
      say("That note no longer exists. What you wrote was kept as a new note.", failure.requestId);
    } else if (text) {
      const { message, requestId } = failure;
      queue.replace(op.uid, (op) => ({ ...op, refused: { message, ...(requestId ? { requestId } : {}) } }));
      say(`A note was not saved. ${message}`, requestId);
    } else {
      queue.remove(op.uid);
      if (failure.status === 404) notes.drop([op.id]);
      say(`That change was undone. ${failure.message}`, failure.requestId);
    }
    return undefined;
  }

  async function request(op: Op): Promise<Note | undefined> {
    const path = { id: op.id };
    const always = { params: { path, header: { "If-Match": "*" } } };
    switch (op.kind) {
      case "create":
        return create(op);
      case "text":
        return edit(op);
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

  function create(op: Create): Promise<Note> {
    // Sent again after its answer was lost, it makes no second note.
    return ask(api.POST("/api/notes", { params: { header: { "Idempotency-Key": op.uid } }, body: op.note }));
  }

  async function edit(op: Edit): Promise<Note | undefined> {
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
        queue.settle(conflicting(notes.ops, op, theirs));
        notes.take([theirs]);
        // Who has it open sees both.
        if (route.note === null || notes.nameOf(route.note) !== notes.nameOf(op.id))
          say("A note was changed elsewhere while you edited it. Open it to choose.");
        throw new Conflict();
      }
      text = both;
      base = { title: theirs.title, content: theirs.content, version: theirs.version };
    }
  }

  /** Another page has gone on with what was sent meanwhile: what it has added is a change of its own. */
  const unhear = hear((message) => {
    if (message.account !== account || message.kind !== "news") return;
    for (const { uid } of message.news.ops ?? []) {
      // What was left of it may have been sent, too.
      for (let name = uid; ; name += "+") {
        const before = sent.get(name);
        const now = notes.ops.find((op) => op.uid === name);
        if (!before || !now) break;
        queue.settle(settle(notes.ops, { ...before, id: now.id }, notes.base.get(notes.nameOf(now.id))));
      }
    }
  });
  queue.sender = look;
  schedule();
  return () => {
    ended = true;
    clearTimeout(timer);
    unhear();
    if (queue.sender === look) queue.sender = undefined;
  };
}

/** The first change that may be sent now; else after how long one may. */
function next(): Op | number | undefined {
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
