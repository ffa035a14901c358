// The texts of all parts that are loaded on demand: they run once the texts are there.
import { texts } from "./runtime";

const loaded = await texts(import.meta.glob("./.wuchale/first.of_later.*.compiled.js"));

export const getRuntime = () => loaded;
export const getRuntimeRx = getRuntime;
