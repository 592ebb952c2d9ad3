// Browser tests: a real Chromium against browser mode. `npm test` names the browser it found or installed; a run by
// hand finds an installed one.
import { defineConfig } from "playwright/test";
import { findBrowser } from "../main/browser.ts";

const browser = findBrowser(process.env, process.platform);
if (browser === null) throw new Error("no browser for the tests: install Chromium or set GAZETTE_BROWSER");

export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results/browser",
  reporter: [["list"], ["json", { outputFile: "../test-results/browser.json" }]],
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "zh-CN",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browser,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
