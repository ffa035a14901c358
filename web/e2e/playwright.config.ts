// Where and how the journeys run: Chromium of the machine, against a service that each worker starts for itself.
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/browser";

export default defineConfig({
  testDir: "journeys",
  testMatch: "*.journey.ts",
  outputDir: "artifacts/failures",
  globalSetup: "./support/build.ts",
  // One browser and one service each: as many as a small machine has processors.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env["CI"],
  // A run that a busy machine upset is told as flaky, with its trace, and does not stop everybody.
  retries: process.env["CI"] ? 2 : 0,
  // A machine of CI that also builds takes its time; what is right does not wait.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["html", { outputFolder: "artifacts/report", open: "never" }]],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 800 },
    // Journeys that need the page to be kept say so: to keep it takes as long as to show it.
    serviceWorkers: "block",
    // Recording every step and frame takes a good part of a small machine.
    trace: process.env["CI"] ? "on-first-retry" : "retain-on-failure",
    launchOptions: chromium("headless"),
  },
});
