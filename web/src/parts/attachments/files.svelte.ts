// Files of notes: those that are there, and those on their way.
import { plural } from "../../locale";
import { api, Failure } from "../../api/client";
import type { Attachment } from "../../api/types";
import { notes } from "../../state/notes.svelte";
import { isLocal } from "../../state/ops";
import { ofAccount } from "../../state/owned.svelte";
import { queue } from "../../state/queue.svelte";
import { ask } from "../../state/session.svelte";
import { announcer, toasts } from "../../state/toasts.svelte";
import { forgetUploads, giveUp, send } from "./send";
import { reason } from "./words";

/** Files that are sent at the same time. */
const AT_ONCE = 2;

/** A file on its way to a note. */
export class Sending {
  sent = $state(0);
  state = $state<"waiting" | "sending" | "failed">("waiting");
  /** Why it was not taken. */
  why = $state("");
  readonly uid = crypto.randomUUID();
  stop = new AbortController();

  constructor(
    readonly noteId: string,
    readonly file: File,
  ) {}
}

class Files {
  lists = $state.raw<ReadonlyMap<string, Attachment[]>>(new Map());
  sending = $state.raw<readonly Sending[]>([]);
  failures = $state.raw<ReadonlyMap<string, Failure>>(new Map());

  constructor() {
    ofAccount(() => {
      for (const { stop } of this.sending) stop.abort();
      this.sending = [];
      this.lists = new Map();
      this.failures = new Map();
      forgetUploads();
    });
    addEventListener("beforeunload", (event) => {
      if (this.sending.some(({ state }) => state !== "failed")) event.preventDefault();
    });
  }

  of(noteId: string): Attachment[] | undefined {
    return this.lists.get(notes.nameOf(noteId));
  }

  /** Files on their way to a note. */
  to(noteId: string): Sending[] {
    const name = notes.nameOf(noteId);
    return this.sending.filter((one) => notes.nameOf(one.noteId) === name);
  }

  async load(noteId: string): Promise<void> {
    const failures = new Map(this.failures);
    failures.delete(noteId);
    try {
      const { items } = await ask(api.GET("/api/notes/{id}/attachments", { params: { path: { id: noteId } } }));
      this.put(noteId, items);
    } catch (cause) {
      failures.set(noteId, Failure.of(cause));
    }
    this.failures = failures;
  }

  put(noteId: string, items: Attachment[]): void {
    this.lists = new Map(this.lists).set(noteId, items);
  }

  /** Sends files to a note, which may still be on its own way to the service. */
  attach(noteId: string, list: readonly File[]): void {
    if (list.length === 0) return;
    if (!navigator.onLine) {
      toasts.show("You are offline. Files can be added when you are connected again.", { kind: "error" });
      return;
    }
    this.sending = [...this.sending, ...list.map((file) => new Sending(noteId, file))];
    // What a file belongs to must be there.
    if (isLocal(notes.nameOf(noteId))) queue.flush();
    announcer.say(
      list.length === 1 ? `Adding ${list[0]!.name}` : plural(list.length, ["Adding # file", "Adding # files"]),
    );
    this.#next();
  }

  retry(one: Sending): void {
    one.state = "waiting";
    one.why = "";
    one.stop = new AbortController();
    this.#next();
  }

  cancel(one: Sending): void {
    one.stop.abort();
    this.#gone(one);
    void giveUp(notes.nameOf(one.noteId), one.file);
  }

  async rename(of: Attachment, patch: { name?: string; alt?: string }): Promise<void> {
    const params = { path: { id: of.id }, header: { "If-Match": `"${of.version}"` } };
    const changed = await ask(api.PATCH("/api/attachments/{id}", { params, body: patch }));
    const list = this.lists.get(of.noteId) ?? [];
    this.put(
      of.noteId,
      list.map((other) => (other.id === of.id ? changed : other)),
    );
  }

  /** Deletes a file for good, and asks what the note is like without it. */
  async remove(of: Attachment): Promise<void> {
    await ask(api.DELETE("/api/attachments/{id}", { params: { path: { id: of.id } } }));
    this.put(
      of.noteId,
      (this.lists.get(of.noteId) ?? []).filter(({ id }) => id !== of.id),
    );
    await this.#look(of.noteId);
  }

  #gone(one: Sending): void {
    this.sending = this.sending.filter((other) => other !== one);
  }

  #next(): void {
    const busy = this.sending.filter(({ state }) => state === "sending").length;
    for (const one of this.sending.filter(({ state }) => state === "waiting").slice(0, AT_ONCE - busy))
      void this.#send(one);
  }

  async #send(one: Sending): Promise<void> {
    one.state = "sending";
    const { signal } = one.stop;
    try {
      const noteId = await named(one.noteId, signal);
      const done = await send({ noteId, file: one.file, signal, onsent: (bytes) => (one.sent = bytes) });
      if (signal.aborted) return;
      const { noteVersion: _, ...attachment } = done;
      this.#gone(one);
      const list = this.lists.get(noteId);
      if (list) this.put(noteId, [...list.filter(({ id }) => id !== attachment.id), attachment]);
      announcer.say(`${one.file.name} was added`);
      await this.#look(noteId);
    } catch (cause) {
      if (signal.aborted) return;
      one.state = "failed";
      one.why = reason(Failure.of(cause));
      announcer.say(`${one.file.name} was not added. ${one.why}`);
    } finally {
      this.#next();
    }
  }

  /** The note counts its files: asked for at once, not when somebody tells that it has changed. */
  async #look(noteId: string): Promise<void> {
    try {
      const { attachments, ...note } = await ask(api.GET("/api/notes/{id}", { params: { path: { id: noteId } } }));
      notes.take([note]);
      this.put(noteId, attachments ?? []);
    } catch {
      // The next reading of changes brings it.
    }
  }
}

/** The name that the service gives a note, once it has. */
function named(noteId: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = $effect.root(() => {
      $effect(() => {
        const name = notes.nameOf(noteId);
        if (isLocal(name)) return;
        resolve(name);
        queueMicrotask(end);
      });
    });
    signal.addEventListener("abort", () => {
      end();
      reject(signal.reason as Error);
    });
  });
}

export const files = new Files();

/** Sends files to a note: what pasting and dropping does. */
export function attach(noteId: string, list: readonly File[]): void {
  files.attach(noteId, list);
}
