// Builds what `npm start` runs: the Prisma client, the pages (.next) and the server (dist).
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { project, run } from "./run.mjs";
import { step } from "./step.mjs";

/**
 * Names the server actions: with the same key every build of the same source gives them the same names. It is no
 * secret; what it would seal at run time is sealed with the installation's own key.
 */
const buildKey = Buffer.from("bailiwick-names-of-server-action").toString("base64");

const only = process.argv.slice(2);
const wanted = (part) => only.length === 0 || only.includes(part);

if (wanted("client")) await step("Generating the database client", generateClient);
if (wanted("server")) await step("Bundling the server", bundleServer);
if (wanted("pages")) await step("Building the pages", buildPages);

async function generateClient() {
  const made = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"]
    .reduce((hash, path) => hash.update(readFileSync(join(project, path))), createHash("sha256"))
    .digest("hex");
  const stamp = join(project, "prisma", "generated", "client.stamp");
  // The same files are not written again: tests may be running with them.
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return;
  // Generating needs no engine, but the command downloads one unless this names a program; it is never run.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  await run("node", [bin("prisma/build/index.js"), "generate"], { quiet: true, env });
  writeFileSync(stamp, made);
}

async function buildPages() {
  const env = {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: buildKey,
  };
  await run("node", [bin("next/dist/bin/next"), "build"], { quiet: true, env });
}

async function bundleServer() {
  const { build } = await import("esbuild");
  const entries = ["server/main.ts", "server/demo.ts", "server/break-glass.ts", "server/audit.ts"].filter(
    (path) => existsSync(join(project, path)),
  );
  await rm(join(project, "dist"), { recursive: true, force: true });
  await build({
    absWorkingDir: project,
    entryPoints: entries.map((path) => ({ in: path, out: path.split("/").at(-1).replace(/\.ts$/, "") })),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: true,
    logLevel: "warning",
    plugins: [{ name: "external-packages", setup: keepPackagesOutside }],
  });
}

/** Our own aliases start with #; everything else that is no path stays in node_modules. */
function keepPackagesOutside(build) {
  build.onResolve({ filter: /^[^.#/]/ }, (found) =>
    found.kind === "entry-point" ? undefined : { path: found.path, external: true },
  );
}

function bin(path) {
  return join(project, "node_modules", path);
}
