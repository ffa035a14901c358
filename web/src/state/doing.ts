// What the user does, for what is shown first: it is loaded when they come near, and done when it is there.
type Actions = typeof import("./actions");

export function doing(run: (actions: Actions) => void): void {
  void import("./actions").then(run);
}
