// `npm run compatibility`: the console on Debian's own PostgreSQL (15 or newer) and behind PgBouncer in transaction
// mode. `-- postgresql-15` or `-- pgbouncer` runs one of the two.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { ensureNode } from "./ensure-node.mjs";

await ensureNode(import.meta.url);
await (await import("./ensure-installed.mjs")).ensureInstalled({ dev: true });
const { join } = await import("node:path");
const { project, run } = await import("./run.mjs");
const { step } = await import("./step.mjs");

const shelf = "/usr/lib/postgresql";
const programs = {
  postgresql: () =>
    existsSync(shelf) &&
    readdirSync(shelf).some(
      (major) => Number(major) >= 15 && existsSync(join(shelf, major, "bin", "initdb")),
    ),
  pgbouncer: () => existsSync("/usr/sbin/pgbouncer"),
};

/** What differs from one PostgreSQL to the next: raw SQL, locks, sorting and searching, plans of lists. */
const onAnotherVersion = [
  "server/migrate.test.ts",
  "test/migrations.test.ts",
  "test/database.test.ts",
  "lib/users/list",
  "lib/sessions/list",
  "lib/organizations",
  "lib/managed-values",
  "lib/policy",
  "lib/housekeeping",
  "lib/catalogue",
  "lib/kernel/operation.test.ts",
  "lib/kernel/limited-client.test.ts",
  "lib/kernel/waiting.test.ts",
  "lib/assignments/administrators",
  "lib/calculator/who-can.test.ts",
  "server/health.test.ts",
  "server/own-database.test.ts",
  "lib/sessions/load-actor.test.ts",
  "lib/users/edit-user-roles.test.ts",
  "server/scim/okta.test.ts",
  "test/races",
];
/** What could lean on a session of its own: locks, transactions, several statements in a row. */
const behindPooler = [
  "lib/housekeeping",
  "lib/kernel/limited-client.test.ts",
  "lib/kernel/waiting.test.ts",
  "lib/policy",
  "lib/sessions",
  "lib/sign-in/sign-in.test.ts",
  "lib/users/edit-user-roles.test.ts",
  "lib/users/last-superadmin.test.ts",
  "lib/users/list-users.test.ts",
  "server/scim",
];
/** Time zone of those databases: what depends on UTC shows. */
const elsewhere = "America/New_York";
const races = ["test/races", "--testNamePattern=two instances on one database"];
const upgrades = ["test/upgrade", "--testNamePattern=-dump"];

const parts = {
  "postgresql-15": async () => {
    await step("Tests", () => vitest("debian", onAnotherVersion, { TEST_TIME_ZONE: elsewhere }));
    await step("Upgrade of every recorded dump", () => vitest("debian", upgrades, { TEST_DEPTH: "full" }));
  },
  pgbouncer: async () => {
    await step("Tests", () => vitest("pgbouncer", behindPooler, { TEST_TIME_ZONE: elsewhere }));
    await step("Races of two instances", () => vitest("pgbouncer", races));
    await step("Upgrade of a recorded dump", () => vitest("pgbouncer", upgrades));
    const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
    await step("Restarts", () => run("node", [...flags, "test/behind-pooler.ts"]));
  },
};

function vitest(server, files, settings = {}) {
  const args = [join(project, "node_modules", "vitest", "vitest.mjs"), "run", ...files, "--reporter=dot"];
  return run("node", args, { env: { TEST_DEPTH: "desk", TEST_POSTGRES: server, ...settings } });
}

async function ensurePrograms() {
  const missing = Object.keys(programs).filter((name) => !programs[name]());
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    process.stderr.write(
      "This needs Debian's packages of PostgreSQL 15 or newer and PgBouncer: sudo apt-get install postgresql pgbouncer.\n",
    );
    process.exit(1);
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { quiet: true, env });
  await run("apt-get", ["install", "-qy", "--no-install-recommends", ...missing], { quiet: true, env });
}

const asked = process.argv.slice(2);
const unknown = asked.find((part) => !Object.hasOwn(parts, part));
if (unknown) {
  process.stderr.write(`There is no part "${unknown}": choose from ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}
await step("PostgreSQL and PgBouncer", ensurePrograms);
await run("node", ["scripts/build.mjs", "client"], { quiet: true });
await (await import("./ensure-built.mjs")).ensureBuilt();
try {
  for (const part of asked.length > 0 ? asked : Object.keys(parts)) await step(part, parts[part]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
