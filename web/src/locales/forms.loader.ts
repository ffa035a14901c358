// The texts of the first form: few, so that English is loaded with it. It is shown once they are there.
import * as english from "./.wuchale/first.of_forms.en.compiled.js";
import { texts } from "./runtime";

const loaded = await texts(
  import.meta.glob(["./.wuchale/first.of_forms.*.compiled.js", "!./.wuchale/first.of_forms.en.compiled.js"]),
  english,
);

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
