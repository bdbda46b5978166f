import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./run.mjs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser for the tests: the machine's own, or one that is installed now. */
export async function ensureChromium() {
  const present = await find();
  if (present) return present;
  const debian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (debian) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-q"], { quiet: true, env });
    await run("apt-get", ["install", "-qy", "--no-install-recommends", "chromium"], { quiet: true, env });
  } else {
    await run("npx", ["playwright", "install", "chromium"], { quiet: true });
  }
  return find();
}

async function find() {
  const place = [process.env.BAILIWICK_CHROMIUM, ...places].find((path) => path && existsSync(path));
  if (place) return place;
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}
