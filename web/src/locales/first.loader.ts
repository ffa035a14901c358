// The texts that are loaded first: English with the program, another language before the page is shown.
import * as english from "./.wuchale/first.of_first.en.compiled.js";
import { texts } from "./runtime";

const loaded = await texts(
  import.meta.glob(["./.wuchale/first.of_first.*.compiled.js", "!./.wuchale/first.of_first.en.compiled.js"]),
  english,
);

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
