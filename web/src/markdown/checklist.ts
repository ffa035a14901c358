// Checklist items of Markdown, counted as the renderer counts them.

const ITEM = /^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[)([ xX])(\]\s)/gm;

/** `source` with the checkbox at `index` set, and no other byte touched. */
export function toggleItem(source: string, index: number, checked: boolean): string {
  let at = 0;
  return source.replace(ITEM, (whole, before: string, _mark: string, after: string) =>
    at++ === index ? `${before}${checked ? "x" : " "}${after}` : whole,
  );
}
