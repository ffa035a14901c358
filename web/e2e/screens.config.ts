// Pictures of all states, which people look at; no part of CI.
import config from "./playwright.config";

export default {
  ...config,
  testDir: "screens",
  testMatch: "*.screens.ts",
  timeout: 240_000,
  retries: 0,
  use: { ...config.use, trace: "off" as const },
};
