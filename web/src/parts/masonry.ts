// Where cards of different heights go: each in the column that is shortest so far, so that rows read from left to right.

export interface Place {
  x: number;
  y: number;
}

export interface Layout {
  places: Place[];
  width: number;
  height: number;
}

/** How many columns of at least `least` fit into `width`. */
export function columnsIn(width: number, least: number, gap: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor((width + gap) / (least + gap))));
}

export function layout(heights: readonly number[], width: number, columns: number, gap: number): Layout {
  const column = (width - gap * (columns - 1)) / columns;
  const bottoms = new Array<number>(columns).fill(0);
  const places = heights.map((height) => {
    // A few pixels do not decide: a card that would be first in its row stays there.
    const shortest = Math.min(...bottoms);
    const at = bottoms.findIndex((bottom) => bottom <= shortest + 4);
    const place = { x: at * (column + gap), y: bottoms[at]! };
    bottoms[at] = place.y + height + gap;
    return place;
  });
  return { places, width: column, height: Math.max(0, Math.max(...bottoms) - gap) };
}

/** `list` with the element at `from` at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = [...list];
  rest.splice(to, 0, ...rest.splice(from, 1));
  return rest;
}
