// Notes that the user has selected to do something with all of them.
import { SvelteSet } from "svelte/reactivity";

class Selection {
  #ids = new SvelteSet<string>();

  get active(): boolean {
    return this.#ids.size > 0;
  }

  get ids(): string[] {
    return [...this.#ids];
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  clear(): void {
    this.#ids.clear();
  }
}

export const selection = new Selection();
