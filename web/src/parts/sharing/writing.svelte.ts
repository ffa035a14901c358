// What is written in a note of somebody else: sent soon, and put together with what others write meanwhile.
import { api, Failure } from "../../api/client";
import type { SharedNote } from "../../api/types";
import { combine } from "../../state/changes";
import { merge3 } from "../../state/merge";
import type { Text } from "../../state/ops";
import { ask } from "../../state/session.svelte";
import { shared } from "../../state/shared.svelte";

/** After the last key was typed. */
const TYPING_MILLIS = 700;
/** After a connection was lost. */
const AGAIN_MILLIS = 4000;

export class Writing {
  /** The note as the service has it; nothing before it was read. */
  note = $state.raw<SharedNote>();
  /** What the user sees and writes. */
  text = $state.raw<Text>({ title: "", content: "" });
  state = $state<"saved" | "waiting" | "sending" | "lost">("saved");
  /** Why it cannot be read or written any more. */
  failure = $state.raw<Failure>();
  /** What others have made of the same words. */
  theirs = $state.raw<SharedNote>();

  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = false;

  constructor(readonly id: string) {}

  get changed(): boolean {
    return !!this.note && (this.text.title !== this.note.title || this.text.content !== this.note.content);
  }

  /** Reads the note; what was written meanwhile stays on top of it. */
  async read(): Promise<void> {
    if (this.#left) return;
    try {
      const note = await ask(api.GET("/api/shared/{id}", { params: { path: { id: this.id } } }));
      this.#take(note);
    } catch (cause) {
      const failure = Failure.of(cause);
      if (!this.note || failure.status === 404) this.failure = failure;
    }
  }

  /** Ends with the user leaving the note: it is not asked for any more. */
  async leave(): Promise<void> {
    await this.flush();
    this.#left = true;
    try {
      await shared.leave(this.id);
    } catch (cause) {
      this.#left = false;
      throw cause;
    }
  }

  /** Takes what the user has changed; a text that changes an earlier one, `base`, is merged with the present one. */
  write(text: Partial<Text>, base?: Text): void {
    const whole = { ...this.text, ...text };
    const content = base && merge3(base.content, whole.content, this.text.content);
    this.text = content === undefined ? whole : { ...whole, content };
    if (!this.changed) return;
    this.state = "waiting";
    this.#later(TYPING_MILLIS);
  }

  /** Sends at once what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const before = this.note;
    if (!before || !this.changed || this.theirs || this.#left || this.state === "sending") return;
    this.state = "sending";
    const sent = this.text;
    try {
      const header = { "If-Match": `"${before.version}"` };
      const body = {
        ...(sent.title === before.title ? {} : { title: sent.title }),
        ...(sent.content === before.content ? {} : { content: sent.content }),
      };
      const note = await ask(api.PATCH("/api/shared/{id}", { params: { path: { id: this.id }, header }, body }));
      this.note = note;
      shared.take(note);
      this.state = this.changed ? "waiting" : "saved";
      if (this.changed) this.#later(TYPING_MILLIS);
    } catch (cause) {
      await this.#failed(Failure.of(cause));
    }
  }

  /** Decides between two versions of the same words. */
  keep(which: "mine" | "theirs"): void {
    if (!this.theirs) return;
    this.note = this.theirs;
    if (which === "theirs") this.text = { title: this.theirs.title, content: this.theirs.content };
    this.theirs = undefined;
    this.state = this.changed ? "waiting" : "saved";
    void this.flush();
  }

  #later(millis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), millis);
  }

  async #failed(failure: Failure): Promise<void> {
    if (failure.status === 412) {
      this.state = "waiting";
      await this.read();
      if (!this.theirs) this.#later(0);
    } else if (failure.passing) {
      this.state = "lost";
      this.#later(failure.retryAfterSecs ? failure.retryAfterSecs * 1000 : AGAIN_MILLIS);
    } else {
      this.state = "lost";
      this.failure = failure;
    }
  }

  #take(note: SharedNote): void {
    const before = this.note;
    shared.take(note);
    if (before && note.version < before.version) return;
    // The right to it may have changed, which is no version of the note.
    if (note.version === before?.version) {
      this.note = note;
      return;
    }
    if (!before || !this.changed) {
      this.note = note;
      this.text = { title: note.title, content: note.content };
      return;
    }
    const both = combine(before, this.text, note);
    if (!both) {
      this.theirs = note;
      return;
    }
    this.note = note;
    this.text = both;
  }
}
