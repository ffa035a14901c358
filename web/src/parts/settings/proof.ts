// What a request says about who asks.

/** The password, if one was typed. */
export function proofOf(currentPassword: string): { currentPassword?: string } {
  return currentPassword ? { currentPassword } : {};
}
