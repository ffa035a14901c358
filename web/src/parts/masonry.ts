// Cards of different heights in columns: each goes into the column that is shortest so far, so that rows read from left to right. Heights are
// estimated until a card was seen; what is on screen stays where it is while heights become known.

/** How many columns of at least `least` fit into `width`. */
export function columnsIn(width: number, least: number, gap: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor((width + gap) / (least + gap))));
}

/** `list` with the element at `from` at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = [...list];
  rest.splice(to, 0, ...rest.splice(from, 1));
  return rest;
}

/** A few pixels do not decide: a card that would be first in its row stays there. */
const TOLERANCE = 4;
const NONE = 255;

export interface Shape {
  width: number;
  columns: number;
  gap: number;
}

/** The places of all cards of a list. Places are pixels from the start of the list; `top` is where the window begins on that scale. */
export class Arrangement {
  ids: readonly string[] = [];
  columns = 1;
  /** Height of the whole list. */
  total = 0;
  /** Width of a card. */
  width = 0;
  /** Another one whenever a place may be another one. */
  version = 0;

  #gap = 0;
  /** Heights that were measured at the present width, also of cards that left the list. */
  #measured = new Map<string, number>();
  #height = new Float64Array(0);
  #known = new Uint8Array(0);
  #y = new Float64Array(0);
  #column = new Uint8Array(0);
  /** Cards before this one were seen, or stand above one that was: they keep their columns. */
  #fixed = 0;
  /** Where each column begins: not at 0 while heights above the window become known. */
  #origin: number[] = [0];

  y(index: number): number {
    return this.#y[index] ?? 0;
  }

  x(index: number): number {
    return (this.#column[index] ?? 0) * (this.width + this.#gap);
  }

  height(index: number): number {
    return this.#height[index] ?? 0;
  }

  isKnown(index: number): boolean {
    return this.#known[index] === 1;
  }

  /** Columns of another width; every height is unknown then. */
  reshape({ width, columns, gap }: Shape, estimate: (index: number) => number): void {
    this.columns = columns;
    this.#gap = gap;
    this.width = (width - gap * (columns - 1)) / columns;
    this.#measured.clear();
    this.#known.fill(0);
    for (let index = 0; index < this.ids.length; index++) this.#height[index] = estimate(index);
    this.straighten();
  }

  /** Takes another order, and returns how far the page has to scroll for what is on screen to stay; nothing if the order is the same. */
  order(ids: readonly string[], estimate: (index: number) => number, top: number): number | undefined {
    const old = this.ids;
    let same = 0;
    while (same < ids.length && same < old.length && ids[same] === old[same]) same++;
    if (same === ids.length && same === old.length) return undefined;
    const first = top > 0 ? this.#firstFrom(top) : 0;
    const stays = first < old.length && same < first ? ids.indexOf(old[first]!) : -1;
    return this.#hold(stays < 0 ? 0 : top, () => {
      const column = new Uint8Array(ids.length).fill(NONE);
      const height = new Float64Array(ids.length);
      const known = new Uint8Array(ids.length);
      // What changed is on screen: cards make room from there on. Above the screen, they keep their columns.
      let fixed = same;
      if (stays < 0) column.set(this.#column.subarray(0, same));
      else {
        const before = new Map<string, number>();
        for (let index = 0; index < first; index++) before.set(old[index]!, this.#column[index]!);
        for (let index = 0; index < stays; index++) column[index] = before.get(ids[index]!) ?? NONE;
        fixed = stays;
        for (let at = first; at < old.length && old[at] === ids[fixed]; at++) column[fixed++] = this.#column[at]!;
        fixed = Math.max(stays, Math.min(fixed, this.#fixed + stays - first));
      }
      for (let index = 0; index < ids.length; index++) {
        const seen = this.#measured.get(ids[index]!);
        known[index] = seen === undefined ? 0 : 1;
        height[index] = seen ?? (index < same ? this.#height[index]! : estimate(index));
      }
      this.ids = ids;
      this.#column = column;
      this.#height = height;
      this.#known = known;
      this.#y = new Float64Array(ids.length);
      this.#fixed = stays < 0 ? Math.min(this.#fixed, fixed) : fixed;
    });
  }

  /** Takes heights of cards, and returns how far the page has to scroll for what is on screen to stay. */
  measure(heights: ReadonlyMap<number, number>, top: number): number {
    return this.#hold(top, () => {
      let last = this.#fixed - 1;
      for (const [index, height] of heights) {
        this.#height[index] = height;
        this.#known[index] = 1;
        this.#measured.set(this.ids[index]!, height);
        if (index > last) last = index;
      }
      this.#layout();
      this.#fixed = Math.max(this.#fixed, last + 1);
    });
  }

  /** Whether the columns begin at different heights. */
  get ragged(): boolean {
    return this.#origin.some((at) => at !== 0);
  }

  /** Arranges everything anew, with what is known now. */
  straighten(): void {
    this.#origin = new Array<number>(this.columns).fill(0);
    this.#fixed = 0;
    this.#layout();
  }

  /** Cards between two places, in their order; of more than `most` those in the middle. */
  between(top: number, bottom: number, most: number): number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#y.length; index++) {
      const y = this.#y[index]!;
      if (y < bottom && y + this.#height[index]! > top) found.push(index);
    }
    if (found.length <= most) return found;
    const middle = (top + bottom) / 2;
    const away = (index: number): number => Math.abs(this.#y[index]! + this.#height[index]! / 2 - middle);
    return found
      .sort((a, b) => away(a) - away(b))
      .slice(0, most)
      .sort((a, b) => a - b);
  }

  /** The card in the column of another one that is nearest to `by` pixels from it. */
  across(index: number, by: number): number {
    const to = this.#y[index]! + by;
    let best = index;
    for (let at = 0; at < this.#y.length; at++) {
      if (this.#column[at] !== this.#column[index]) continue;
      if (Math.abs(this.#y[at]! - to) < Math.abs(this.#y[best]! - to)) best = at;
    }
    return best;
  }

  #firstFrom(top: number): number {
    for (let index = 0; index < this.#y.length; index++) {
      if (this.#y[index]! + this.#height[index]! > top) return index;
    }
    return this.#y.length;
  }

  #layout(): void {
    const { columns } = this;
    this.version++;
    const bottoms = Array.from({ length: columns }, (_, at) => this.#origin[at] ?? 0);
    for (let index = 0; index < this.ids.length; index++) {
      let at = index < this.#fixed ? this.#column[index]! : NONE;
      if (at >= columns) {
        let shortest = bottoms[0]!;
        for (let other = 1; other < columns; other++) if (bottoms[other]! < shortest) shortest = bottoms[other]!;
        for (at = 0; bottoms[at]! > shortest + TOLERANCE;) at++;
        this.#column[index] = at;
      }
      this.#y[index] = bottoms[at]!;
      bottoms[at] = bottoms[at]! + this.#height[index]! + this.#gap;
    }
    this.total = Math.max(0, Math.max(...bottoms) - this.#gap);
  }

  /** Changes something, and lays out so that the first card of each column that is on screen stays where it is. */
  #hold(top: number, change: () => void): number {
    if (top <= 0) {
      change();
      this.#layout();
      return 0;
    }
    const before = this.total;
    const keepers: ({ id: string; index: number; y: number } | undefined)[] = new Array(this.columns).fill(undefined);
    let missing = this.columns;
    for (let index = 0; index < this.#y.length && missing > 0; index++) {
      const at = this.#column[index]!;
      if (keepers[at] || this.#y[index]! + this.#height[index]! <= top) continue;
      keepers[at] = { id: this.ids[index]!, index, y: this.#y[index]! };
      missing--;
    }
    change();
    this.#layout();
    // All of it is above the window: what comes after stays.
    if (missing === this.columns) return this.total - before;
    const shifts = keepers.map((keeper, column) => {
      if (!keeper) return undefined;
      const index = this.ids[keeper.index] === keeper.id ? keeper.index : this.ids.indexOf(keeper.id);
      return index >= 0 && this.#column[index] === column ? keeper.y - this.#y[index]! : undefined;
    });
    const known = shifts.filter((shift) => shift !== undefined);
    if (known.every((shift) => shift === 0)) return 0;
    const least = Math.min(...known);
    const origin = this.#origin.map((at, column) => at + (shifts[column] ?? least));
    const start = Math.min(...origin);
    this.#origin = origin.map((at) => at - start);
    this.#layout();
    return -start;
  }
}
