// Puts two changes of one text together that began with the same text: line by line, which are the paragraphs and the items of lists, and word
// by word within a line that both have changed. What is left is a conflict, which only the user can decide.

/** A piece of the common text, from `from` up to `to`, that was replaced. */
export interface Hunk {
  from: number;
  to: number;
  by: readonly string[];
}

/** A table of more cells than this is not worth its memory: what differs then counts as one piece. */
const CELLS = 4_000_000;

/** Returns the text with both changes, or nothing if both changed the same words differently. */
export function merge3(base: string, mine: string, theirs: string): string | undefined {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  return merged(base.split("\n"), mine.split("\n"), theirs.split("\n"), true)?.join("\n");
}

/** Merges lists of lines or of words. Lines may be changed beside each other; words that touch are one place. */
function merged(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
  lines: boolean,
): string[] | undefined {
  const sides = [changes(base, mine), changes(base, theirs)] as const;
  const next = [0, 0];
  const result: string[] = [];
  let done = 0;
  for (;;) {
    const [a, b] = [sides[0][next[0]!], sides[1][next[1]!]];
    if (!a && !b) break;
    // The first change, and all of both sides that overlap with it.
    const first = !b || (a && (a.from - b.from || a.to - b.to) <= 0) ? a! : b;
    const region = { from: first.from, to: first.to };
    const taken: [Hunk[], Hunk[]] = [[], []];
    for (let grown = true; grown;) {
      grown = false;
      for (const side of [0, 1] as const) {
        const hunk = sides[side][next[side]!];
        if (!hunk || !reaches(hunk, region, lines)) continue;
        taken[side].push(hunk);
        region.to = Math.max(region.to, hunk.to);
        next[side] = next[side]! + 1;
        grown = true;
      }
    }
    result.push(...base.slice(done, region.from));
    done = region.to;
    const together = settled(base.slice(region.from, region.to), region.from, taken, lines);
    if (!together) return undefined;
    result.push(...together);
  }
  return [...result, ...base.slice(done)];
}

function reaches(hunk: Hunk, region: { from: number; to: number }, lines: boolean): boolean {
  if (hunk.from < region.to || (hunk.from === region.from && hunk.to === region.to)) return true;
  if (hunk.from > region.to) return false;
  // They touch: two pieces that were put in at one place are looked at together.
  return !lines || (hunk.from === hunk.to && region.from === region.to);
}

/** What becomes of a piece of the common text that one side or both have changed. */
function settled(
  base: readonly string[],
  from: number,
  [mine, theirs]: [Hunk[], Hunk[]],
  lines: boolean,
): readonly string[] | undefined {
  const [a, b] = [rewritten(base, from, mine), rewritten(base, from, theirs)];
  if (theirs.length === 0 || same(a, b)) return a;
  if (mine.length === 0) return b;
  if (!lines) return continued(base.join(""), a, b);
  // New lines at one place are no two versions of anything: both stay, in an order that does not depend on whose they are.
  if (base.length === 0) {
    const [short, long] =
      a.length < b.length || (a.length === b.length && a.join("\n") < b.join("\n")) ? [a, b] : [b, a];
    return same(short, long.slice(0, short.length)) ? long : [...short, ...long];
  }
  return merged(words(base), words(a), words(b), false)?.join("").split("\n");
}

/** Words of one side that the other has too, and went on with: they are no two versions of anything. */
function continued(base: string, a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  const [mine, theirs] = [a.join(""), b.join("")];
  if (!mine.startsWith(base) || !theirs.startsWith(base)) return undefined;
  if (theirs.startsWith(mine)) return b;
  return mine.startsWith(theirs) ? a : undefined;
}

function rewritten(base: readonly string[], from: number, hunks: readonly Hunk[]): string[] {
  const result: string[] = [];
  let done = 0;
  for (const hunk of hunks) {
    result.push(...base.slice(done, hunk.from - from), ...hunk.by);
    done = hunk.to - from;
  }
  return [...result, ...base.slice(done)];
}

/** The words of lines, and what is between them. */
export function words(lines: readonly string[]): string[] {
  return lines.join("\n").match(/[\p{L}\p{M}\p{N}_]+|\s|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}

/** What of `base` was replaced to make `text`. */
export function changes(base: readonly string[], text: readonly string[]): Hunk[] {
  let start = 0;
  while (start < base.length && start < text.length && base[start] === text[start]) start += 1;
  let end = 0;
  const most = Math.min(base.length, text.length) - start;
  while (end < most && base[base.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  const [old, now] = [base.slice(start, base.length - end), text.slice(start, text.length - end)];
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...common(old, now), [old.length, now.length] as const]) {
    if (x > i || y > j) hunks.push({ from: start + i, to: start + x, by: now.slice(j, y) });
    [i, j] = [x + 1, y + 1];
  }
  return hunks;
}

/** The places of a longest list of pieces that both have in this order. */
function common(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  if (a.length * b.length > CELLS) return [];
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  // Nothing was put in or taken out: every line is still what stands at its place.
  if (a.length === b.length) {
    const straight = a.flatMap((one, at) => (one === b[at] ? [[at, at] as const] : []));
    if (straight.length === length[0]) return straight;
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}
