// Markdown made of pieces that mean something to a parser, the same in every run.

const PIECES = [
  ..."- |* |1. |2) |+ |[ ] |[x] |[X]|[ ]|> |>|    |  | |\t|\n|\n|\n\n|a|b c|**|*|_|~~|~|`|``|```|```\n|# |## x|---|===|***|<b>|</b>".split(
    "|",
  ),
  ..."<!-- c -->|<div>|[a](b)|![i](u)|[|]|(|)|<http://x.y>|\\|&amp;|é|🎉|!|.|\r\n|\r|foo\nbar|- [ ] x\n|  - [x] y\n|[r]|\n[r]: /u 't'\n".split(
    "|",
  ),
  ...[
    "|",
    "|-|",
    "a|b\n-|-\n",
    "\0",
    "\u00a0",
    "\ud83d",
    "https://x.y/z_",
    "\\\n",
    "  \n",
    "1986. ",
    "<!--",
    "<pre>",
    "<?",
  ],
];

/** A source of numbers below a limit. */
export function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export function* sources(count: number, seed: number): Generator<string> {
  const number = numbers(seed);
  for (let made = 0; made < count; made++) {
    let source = "";
    for (let pieces = number(16) + 1; pieces > 0; pieces--) source += PIECES[number(PIECES.length)];
    yield source;
  }
}
