// Where the cursor is, before somebody acts on it.

/**
 * Lets the view read where the cursor is. Browsers move it at once and tell of it later, which on a busy machine is after the next key: that would
 * be obeyed where the cursor was before.
 */
export function readCursor(): void {
  document.dispatchEvent(new Event("selectionchange"));
}
