// Whether the first view is there: what is not needed for it waits, and takes nothing of a slow connection and a slow device from it.
class Calm {
  reached = $state(false);
  #reach!: () => void;
  /** Resolves when it is reached. */
  readonly come = new Promise<void>((reach) => (this.#reach = reach));

  /** The first view is complete, and is painted next. */
  soon(): void {
    requestAnimationFrame(() => requestAnimationFrame(() => this.now()));
  }

  now(): void {
    this.reached = true;
    this.#reach();
  }
}

export const calm = new Calm();
