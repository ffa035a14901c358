// Notes that the user has selected to do something with all of them.

class Selection {
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  /** The note that was selected last: ranges begin there. */
  #from = "";

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  get size(): number {
    return this.#ids.size;
  }

  get active(): boolean {
    return this.#ids.size > 0;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
    this.#from = id;
  }

  /** Selects everything of `order` from the note that was selected last to this one. */
  extend(order: readonly string[], id: string): void {
    const [from, to] = [order.indexOf(this.#from), order.indexOf(id)];
    if (from < 0 || to < 0) return this.toggle(id);
    this.#ids = new Set([...this.#ids, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  }

  /** Selects all of these besides what is selected. */
  add(ids: readonly string[]): void {
    if (ids.every((id) => this.#ids.has(id))) return;
    this.#ids = new Set([...this.#ids, ...ids]);
  }

  clear(): void {
    // Without a look at what is selected: who clears it because of something else must not do so again because of that.
    this.#ids = new Set();
    this.#from = "";
  }
}

export const selection = new Selection();
