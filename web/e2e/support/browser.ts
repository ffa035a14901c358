// The browsers of this machine, and how they are started.
import { execFileSync } from "node:child_process";
import type { LaunchOptions } from "@playwright/test";

/** The launch options of Chromium without windows, which starts sooner, or of the whole browser, which also has notifications and push messages. */
export function chromium(part: "headless" | "chromium"): LaunchOptions {
  const tools = new URL("../../../scripts/tools", import.meta.url).pathname;
  return {
    executablePath: execFileSync(tools, ["path", "browser", part], { encoding: "utf8" }).trim(),
    args: [
      // Containers of CI run as root, where Chromium's own sandbox does not.
      "--no-sandbox",
      "--disable-gpu",
      // The browser speaks with nobody but the service.
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
