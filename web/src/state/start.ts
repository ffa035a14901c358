// Parts that work in the background, and are loaded when they are needed.

/** Starts something once it is loaded; what it returns ends it, also before. */
export function start<T>(loaded: Promise<T>, run: (module: T) => () => void): () => void {
  let stop: (() => void) | undefined;
  let ended = false;
  loaded.then(
    (module) => (ended ? undefined : (stop = run(module))),
    () => {},
  );
  return () => {
    ended = true;
    stop?.();
  };
}
