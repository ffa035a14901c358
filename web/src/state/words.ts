// Words of texts, as a search compares them: without case and accents.

/** Returns a text in which letters are compared; of the same length in most scripts, but not in all. */
export function folded(text: string): string {
  // Marks of Latin, Greek and Cyrillic letters are accents; vowel signs of other scripts are letters.
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ς/g, "σ");
}

const WORD = /[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}/gu;

export function wordsOf(text: string): string[] {
  return folded(text).match(WORD) ?? [];
}

/** What is searched for: words, of the last one the beginning is enough, and words one after the other. */
export interface Query {
  words: string[];
  /** The beginning of a word. */
  begun?: string;
  phrases: string[][];
}

export function readQuery(q: string): Query {
  const phrases: string[][] = [];
  const rest = q.replace(/"([^"]*)"/g, (_, phrase: string) => {
    phrases.push(wordsOf(phrase));
    return " ";
  });
  const words = wordsOf(rest);
  const last = /["]\s*$/.test(q) ? undefined : words.pop();
  return {
    words: [...words, ...phrases.flat()],
    ...(last === undefined ? {} : { begun: last }),
    phrases: phrases.filter(({ length }) => length > 1),
  };
}

/** Returns the beginning of a text around the first of what was found in it, in pieces. */
export function snippetOf(text: string, { words, begun }: Query): { text: string; found: boolean }[] {
  const exact = new Set(words);
  const hits: [from: number, to: number][] = [];
  for (const match of text.matchAll(WORD)) {
    const word = folded(match[0]);
    if (exact.has(word) || (begun !== undefined && word.startsWith(begun)))
      hits.push([match.index, match.index + match[0].length]);
    if (hits.length >= 8) break;
  }
  const from = Math.max(0, (hits[0]?.[0] ?? 0) - 60);
  const start = from === 0 ? 0 : text.indexOf(" ", from) + 1 || from;
  const end = Math.min(text.length, start + 240);
  const pieces: { text: string; found: boolean }[] = [];
  let done = start;
  for (const [a, b] of hits) {
    if (a < done || b > end) continue;
    if (a > done) pieces.push({ text: text.slice(done, a), found: false });
    pieces.push({ text: text.slice(a, b), found: true });
    done = b;
  }
  if (done < end) pieces.push({ text: text.slice(done, end), found: false });
  if (start > 0 && pieces[0]) pieces.unshift({ text: "…", found: false });
  return pieces;
}
