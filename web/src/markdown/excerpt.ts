// The beginning of a note, as much as a card shows of it.

/** About how many characters of a note are on its card. */
export const EXCERPT = 640;
/** How many lines with text in them are on a card at most. */
export const EXCERPT_LINES = 16;
const FENCE = /^ {0,3}(?:```|~~~)/;
const TASK = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]/;
/** Characters of a note in which tasks are counted: a list longer than that is not counted at a glance either. */
const COUNTED = 20_000;

/** The first lines of a source, and about as many characters as a card has room for. */
export function excerpt(source: string): string {
  let lines = 0;
  let at = 0;
  while (at < source.length && at < EXCERPT && lines < EXCERPT_LINES) {
    const stop = source.indexOf("\n", at);
    const end = stop < 0 ? source.length : stop;
    if (end > EXCERPT) {
      // A long line is cut between words, if there are any.
      const space = source.lastIndexOf(" ", EXCERPT);
      return source.slice(0, space > at ? space : EXCERPT);
    }
    if (source.slice(at, end).trim()) lines++;
    at = end + 1;
  }
  return at >= source.length ? source : source.slice(0, at - 1);
}

export interface Progress {
  done: number;
  of: number;
}

/** How many of the tasks of a source are done; nothing if it has none. */
export function progress(source: string): Progress | undefined {
  if (!source.includes("[ ]") && !source.includes("[x]") && !source.includes("[X]")) return undefined;
  let done = 0;
  let of = 0;
  let code = false;
  for (const line of source.slice(0, COUNTED).split("\n")) {
    if (FENCE.test(line)) code = !code;
    if (code) continue;
    const mark = TASK.exec(line)?.[1];
    if (mark === undefined) continue;
    of++;
    if (mark !== " ") done++;
  }
  return of > 0 ? { done, of } : undefined;
}
