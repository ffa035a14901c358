// The texts in what shows a note: few, so that English is loaded with the program.
import * as english from "./.wuchale/first.of_shown.en.compiled.js";
import { texts } from "./runtime";

const loaded = await texts(
  import.meta.glob(["./.wuchale/first.of_shown.*.compiled.js", "!./.wuchale/first.of_shown.en.compiled.js"]),
  english,
);

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
