// Short messages at the edge of the page, with what can be done about them.
import { Failure } from "../api/client";

export interface Toast {
  id: number;
  text: string;
  kind: "info" | "error";
  requestId?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 0;

  show(text: string, more: Partial<Omit<Toast, "id" | "text">> = {}): number {
    const toast: Toast = { id: this.#next++, text, kind: "info", ...more };
    this.list = [...this.list.filter((other) => other.text !== text), toast].slice(-3);
    return toast.id;
  }

  /** Says what went wrong, and the identifier of the request for those who ask for help. */
  failure(cause: unknown, doing?: string): void {
    const failure = Failure.of(cause);
    this.show(doing ? `${doing} ${failure.message}` : failure.message, { kind: "error", requestId: failure.requestId });
  }

  clear(): void {
    this.list = [];
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

/** What a screen reader says, and nobody sees. */
class Announcer {
  text = $state("");

  say(text: string): void {
    // The same text twice would not be said twice.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}

export const announcer = new Announcer();

/** Whether the service could not be reached at the last attempt. */
class Link {
  lost = $state(false);
}

export const link = new Link();
