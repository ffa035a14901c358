// What a form knows while it is sent.
import { tick } from "svelte";
import { Failure } from "../../api/client";
import { session } from "../../state/session.svelte";

export class Form {
  busy = $state(false);
  failure = $state.raw<Failure>();
  /** The form itself: the first field that is wrong gets the focus. */
  element = $state.raw<HTMLElement>();

  /** Sends it once; whether the service has taken it. */
  async send(run: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = undefined;
    try {
      await run();
      return true;
    } catch (cause) {
      this.failure = Failure.of(cause);
      // A wrong password is 401 too; that the session has ended is another code.
      if (this.failure.code === "unauthenticated") session.expire();
      await tick();
      this.element?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return false;
    } finally {
      this.busy = false;
    }
  }
}
