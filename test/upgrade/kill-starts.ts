import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pause } from "#server/pause.ts";
import { readPostmasterFile } from "#server/postgres/postmaster-file.ts";
import { liveness } from "#server/postgres/process-info.ts";
import { projectFolder } from "#server/project-folder.ts";
import { freePort } from "#test/running-console.ts";
import { type Restored, restore } from "./bring-up.ts";
import type { Recorded } from "./manifest.ts";

export interface Killed {
  kills: number;
  /** How many of them came while a migration was under way. */
  inMigration: number;
  /** Installations that were killed until they made it. */
  installations: number;
  problems: string[];
}

/**
 * Migrations of a release to come: statements that take their time, and data that would be there twice or not at all
 * if half of one counted. Nothing in them can be done a second time.
 */
const migrations = {
  "29990101000000_move": `
    CREATE TABLE moved (user_id UUID PRIMARY KEY REFERENCES users (id), name TEXT NOT NULL, steps INT NOT NULL);
    INSERT INTO moved SELECT id, username, 1 FROM users WHERE id < (SELECT id FROM users ORDER BY id OFFSET 15 LIMIT 1);
    SELECT pg_sleep(0.4);
    INSERT INTO moved SELECT id, username, 1 FROM users WHERE id NOT IN (SELECT user_id FROM moved);
    ALTER TABLE users ADD COLUMN kept TEXT;
    UPDATE users SET kept = username;
    SELECT pg_sleep(0.3);
    ALTER TABLE users ALTER COLUMN kept SET NOT NULL;`,
  "29990102000000_count": `
    UPDATE moved SET steps = steps + 1;
    SELECT pg_sleep(0.5);
    UPDATE moved SET steps = steps * 10;`,
  "29990103000000_drop": `
    CREATE TABLE moved_again AS SELECT * FROM moved;
    SELECT pg_sleep(0.3);
    DROP TABLE moved;
    SELECT pg_sleep(0.2);
    ALTER TABLE moved_again RENAME TO moved;`,
};

/**
 * Starts a recorded installation with migrations to come and kills the console, its PostgreSQL or both at random, start
 * after start; one start is then let finish, and what is there must be whole.
 */
export async function killStarts(recorded: Recorded, kills: number): Promise<Killed> {
  const project = await projectWith(migrations);
  const result: Killed = { kills: 0, inMigration: 0, installations: 0, problems: [] };
  try {
    while (result.kills < kills) {
      result.installations += 1;
      const installation = await restore(recorded);
      try {
        await killUntilReady(project, installation, kills, result);
        const found = installation.url().then((url) => problemsOf(url, recorded));
        result.problems.push(...(await found.catch((error: Error) => [error.message])));
      } finally {
        await stop(installation);
      }
    }
  } finally {
    await rm(project, { recursive: true, force: true });
  }
  return result;
}

/** This checkout as a later release: the same build with more migrations. */
async function projectWith(more: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-later-"));
  await cp(join(projectFolder, "dist"), join(folder, "dist"), { recursive: true });
  await cp(join(projectFolder, "prisma", "migrations"), join(folder, "prisma", "migrations"), {
    recursive: true,
  });
  for (const name of [".next", "node_modules", "catalogues", "package.json"])
    await symlink(join(projectFolder, name), join(folder, name));
  for (const [name, sql] of Object.entries(more)) {
    await mkdir(join(folder, "prisma", "migrations", name));
    await writeFile(join(folder, "prisma", "migrations", name, "migration.sql"), sql);
  }
  return folder;
}

const victims = ["console", "database", "both"] as const;

async function killUntilReady(
  project: string,
  installation: Restored,
  kills: number,
  result: Killed,
): Promise<void> {
  for (;;) {
    const start = await begin(project, installation);
    if (result.kills >= kills) {
      if (!(await start.ready)) result.problems.push(`the last start failed: ${start.output()}`);
      return;
    }
    // Every other kill is aimed at a migration, the rest fall anywhere in a start.
    const aimed = result.kills % 2 === 0;
    const moment = aimed ? untilMigrating(installation) : pause(400 + Math.random() * 2_400);
    const first = await Promise.race([moment, start.ready]);
    if (first === true) return;
    if (first === false) return void result.problems.push(`a start failed: ${start.output()}`);
    const victim = victims[result.kills % victims.length];
    result.kills += 1;
    if (await migrating(installation)) result.inMigration += 1;
    if (victim !== "console") await killDatabase(installation);
    if (victim === "database") await Promise.race([once(start.child, "exit"), pause(1_000)]);
    await end(start.child, "SIGKILL");
  }
}

async function begin(project: string, { settings }: Restored) {
  const child = spawn(process.execPath, [join(project, "dist", "main.mjs")], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      ...settings,
      PORT: `${await freePort()}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  /** True once it serves, false when it ended before. */
  const ready = new Promise<boolean>((done) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Bailiwick is ready at ")) done(true);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => done(false));
  });
  return { child, ready, output: () => output };
}

const running = new Set<ChildProcess>();

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

const cluster = ({ settings }: Restored) => join(settings.BAILIWICK_DATA ?? "", "postgres");

async function killDatabase(installation: Restored): Promise<void> {
  const file = await readPostmasterFile(cluster(installation));
  if (file && (await liveness(file.pid)) === "alive") process.kill(file.pid, "SIGKILL");
}

async function stop(installation: Restored): Promise<void> {
  for (const child of running) await end(child, "SIGTERM");
  const file = await readPostmasterFile(cluster(installation));
  if (file && (await liveness(file.pid)) === "alive") process.kill(file.pid, "SIGQUIT");
  await installation.remove();
}

async function untilMigrating(installation: Restored): Promise<void> {
  for (let tries = 0; tries < 300 && !(await migrating(installation)); tries += 1) await pause(20);
  await pause(Math.random() * 300);
}

async function migrating(installation: Restored): Promise<boolean> {
  const rows = await ask(
    await installation.url().catch(() => ""),
    "SELECT 1 FROM pg_stat_activity WHERE application_name = 'bailiwick migrations' AND wait_event = 'PgSleep'",
  ).catch(() => []);
  return rows.length > 0;
}

async function problemsOf(url: string, { recording }: Recorded): Promise<string[]> {
  const people = recording.answers.tables.users?.rows;
  const [found] = await ask(
    url,
    `SELECT (SELECT count(*)::int FROM moved WHERE steps = 20 AND name <> '') AS moved,
       (SELECT count(*)::int FROM users WHERE kept = username) AS kept,
       (SELECT count(*)::int FROM moved) AS every,
       (SELECT count(*)::int FROM _prisma_migrations) AS records,
       (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NULL OR applied_steps_count <> 1) AS open,
       (SELECT count(DISTINCT migration_name)::int FROM _prisma_migrations) AS names,
       to_regclass('moved_again') IS NOT NULL AS again`,
  );
  const { records, names, ...rest } = found ?? {};
  const wanted = { moved: people, kept: people, every: people, open: 0, again: false };
  const problems = [];
  if (JSON.stringify(rest) !== JSON.stringify(wanted)) problems.push(`found ${JSON.stringify(rest)}`);
  if (records !== names) problems.push(`${records} records of ${names} migrations`);
  return problems;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
