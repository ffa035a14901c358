// Links from note to note.

/** The address of a note on this page. */
export function noteAddress(id: string): string {
  return `/?note=${id}`;
}

/** The note that an address on this page leads to. */
export function noteOf(href: string): string | undefined {
  return /^\/\?note=([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(href)?.[1];
}
