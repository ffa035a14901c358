// Files that people put into notes.

/** Files that people write as text. */
export function isText({ name, type }: File): boolean {
  return /^text\/(?:plain|markdown|x-markdown)$/.test(type) || /\.(?:md|markdown|txt)$/i.test(name);
}
