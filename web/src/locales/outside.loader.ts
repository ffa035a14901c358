// The texts outside of the page are no part of it: the build reads their catalog.
export const getRuntime = (): never => {
  throw new Error("texts outside of the page are written by the build");
};
export const getRuntimeRx = getRuntime;
