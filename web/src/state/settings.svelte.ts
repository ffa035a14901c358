// How the page looks on this device.
import { local } from "./storage";

export const THEMES = ["system", "light", "sand", "mist", "blush", "mint", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export type Density = "normal" | "large";

class Settings {
  #theme = $state<Theme>("system");
  #density = $state<Density>("normal");

  constructor() {
    const theme = document.documentElement.dataset["theme"];
    this.#theme = THEMES.find((known) => known === theme) ?? "system";
    this.#density = local.get<Density>("density") === "large" ? "large" : "normal";
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    try {
      // As it is: `theme.js` reads it before anything else is there.
      localStorage.setItem("theme", theme);
    } catch {
      // Then it lasts until the page is closed.
    }
    paintBar();
  }

  get density(): Density {
    return this.#density;
  }

  set density(density: Density) {
    this.#density = density;
    local.set("density", density);
  }
}

/** Gives the browser's own bar the colour of the page. */
export function paintBar(): void {
  const color = getComputedStyle(document.documentElement).getPropertyValue("--bg").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", color);
}

export const settings = new Settings();
