// The colours of notes and labels in words.
import type { Color } from "../api/client";

export const COLOR_NAMES: Record<Color, string> = {
  white: "No colour",
  red: "Red",
  orange: "Orange",
  yellow: "Yellow",
  green: "Green",
  teal: "Teal",
  blue: "Blue",
  purple: "Purple",
  pink: "Pink",
};
