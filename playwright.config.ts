import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** Debian's own browser when there is one; otherwise the one that Playwright installs. */
const debian = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));
const executablePath = process.env.BAILIWICK_CHROMIUM || debian;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // Tests of one file share a console. Each waits for its page much of the time: three files at once fill two cores.
  fullyParallel: false,
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // One more try where nobody watches: what only passes then is listed as flaky, and is to be mended.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "chromium", testMatch: "*.spec.ts" },
    // Not a test: `npm run screenshots` writes docs/screenshots with it.
    ...(process.env.BAILIWICK_SCREENSHOTS ? [{ name: "screenshots", testMatch: "screenshots.ts" }] : []),
  ],
});
