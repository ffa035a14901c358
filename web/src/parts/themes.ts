// The names of themes.
import type { Theme } from "../state/settings.svelte";

export const THEME_NAMES: Record<Theme, string> = {
  system: "As the system",
  light: "Light",
  sand: "Sand",
  mist: "Mist",
  blush: "Blush",
  mint: "Mint",
  dark: "Dark",
};
