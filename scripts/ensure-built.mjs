import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { project, run } from "./run.mjs";

const sources = ["app", "components", "lib", "public", "server", "prisma", "scripts"];
const files = [
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma.config.ts",
  "proxy.ts",
  "tsconfig.json",
];
const stamp = join(project, "dist", "build.stamp");
const lock = join(project, ".cache", "building");

/** Builds when a source differs from what was last built, by content: a fresh checkout changes every date. */
export const ensureBuilt = (start = run) => alone(() => build(start));

async function build(start) {
  const now = await fingerprint();
  const built = [
    "dist/main.mjs",
    "dist/break-glass.mjs",
    "dist/audit.mjs",
    ".next/BUILD_ID",
    "prisma/generated",
  ].every((path) => existsSync(join(project, path)));
  if (built && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  const output = await start("node", [join(project, "scripts", "build.mjs")]);
  writeFileSync(stamp, now);
  return output;
}

/** One build at a time: tests that start what was built may ask for it while it is being built. */
async function alone(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (builds()) await new Promise((done) => setTimeout(done, 200));
      else rmSync(lock, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the process that took the lock is still there. */
function builds() {
  try {
    return process.kill(Number(readFileSync(lock, "utf8")), 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function fingerprint() {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const folder of sources) {
    const entries = await readdir(join(project, folder), { recursive: true }).catch(() => []);
    for (const entry of entries.sort()) {
      if (!/(^|[\\/])generated[\\/]|\.test\.tsx?$/.test(entry)) add(hash, join(folder, entry));
    }
  }
  for (const file of files) add(hash, file);
  return hash.digest("hex");
}

function add(hash, path) {
  const full = join(project, path);
  if (existsSync(full) && statSync(full).isFile()) hash.update(path).update("\0").update(readFileSync(full));
}
