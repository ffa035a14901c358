// The texts of the page of a link: English with the program, another language before the note is shown.
import * as english from "./.wuchale/first.of_link.en.compiled.js";
import { texts } from "./runtime";

const loaded = await texts(
  import.meta.glob(["./.wuchale/first.of_link.*.compiled.js", "!./.wuchale/first.of_link.en.compiled.js"]),
  english,
);

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
