import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./run.mjs";

/** The shell first: it has no window to draw, and a page costs half of what it costs the whole browser. */
const places = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser for the tests: the machine's own, or one that is installed now; undefined means Playwright's. */
export async function ensureChromium() {
  const present = find();
  if (present) return present;
  const debian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (debian) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const install = ["install", "-qy", "--no-install-recommends", "chromium-headless-shell"];
    await run("apt-get", ["update", "-q"], { quiet: true, env });
    await run("apt-get", install, { quiet: true, env });
  } else {
    await run("npx", ["playwright", "install", "--only-shell", "chromium"], { quiet: true });
  }
  return find();
}

const find = () => [process.env.BAILIWICK_CHROMIUM, ...places].find((path) => path && existsSync(path));
