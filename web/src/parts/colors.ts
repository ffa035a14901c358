// The colours of notes and labels, in the order in which they are offered.
import type { Color } from "../api/client";

export const COLORS = [
  "white",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
] as const satisfies readonly Color[];
