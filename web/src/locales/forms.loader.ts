// The texts of the first form: it is shown once they are there.
import { texts } from "./runtime";

const loaded = await texts(import.meta.glob("./.wuchale/first.of_forms.*.compiled.js"));

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
