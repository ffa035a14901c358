// Notes that the user has selected to do something with all of them.

class Selection {
  ids = $state.raw<readonly string[]>([]);

  get active(): boolean {
    return this.ids.length > 0;
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  toggle(id: string): void {
    this.ids = this.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id];
  }

  clear(): void {
    this.ids = [];
  }
}

export const selection = new Selection();
