import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { database } from "#lib/kernel/database.ts";
import { readEnv } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { pause } from "#server/pause.ts";
import { runningServer } from "#server/postgres/running-server.ts";
import { projectFolder } from "#server/project-folder.ts";
import { type DebianPostgres, startDebianPostgres } from "#test/debian-postgres.ts";
import { startConsole } from "#test/running-console.ts";
import { accessAt, tablesOf } from "./answers.ts";
import { packFolder, writeCompressed } from "./archive.ts";
import type { Changes, Recording } from "./manifest.ts";
import { readPages } from "./read-pages.ts";
import { day, hour, Story } from "./story.ts";
import { tellAssignments, tellExpressions, tellOrganizations, tellRoles } from "./story-access.ts";
import { tellPeople, tellResetLink, tellSetUp, tellSignIns } from "./story-people.ts";
import { clientSecret, provision, tellProviders, tellSync, tellTokens } from "./story-providers.ts";

// Records the release that is checked out: installations as its console leaves them, and what it answers about them.
const { version } = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8")) as {
  version: string;
};
const release = version.split(".").slice(0, 2).join(".");
const folder = join(projectFolder, "test", "upgrade", release);
const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: projectFolder, encoding: "utf8" }).trim();

const work = await mkdtemp(join(tmpdir(), "bailiwick-record-"));
await mkdir(folder, { recursive: true });
const nothing: Changes = { tables: {}, access: {}, pages: {} };
await writeFile(join(folder, "changes.json"), `${JSON.stringify(nothing, null, 2)}\n`, { flag: "wx" }).catch(
  () => undefined,
);
const debian = await startDebianPostgres(join(work, "postgresql"));
try {
  await record("patchmon");
  for (const catalogue of ["patchmon", "utmstack", "rudder", "uptrakit", "ops-atlas"])
    await record(catalogue, debian);
} finally {
  await debian.stop();
  await rm(work, { recursive: true, force: true });
}

/** @param server whose database is dumped; without one it is the data folder with the embedded PostgreSQL */
async function record(catalogue: string, server?: DebianPostgres): Promise<void> {
  const name = `${catalogue}-${server ? "dump" : "folder"}`;
  const data = join(work, name);
  const settings: Record<string, string> = { BAILIWICK_DATA: data, BAILIWICK_CATALOGUE: catalogue };
  if (server)
    Object.assign(settings, await newDatabase(server, name), { BAILIWICK_SECRET: newSecretToken() });
  const console = await startConsole(settings);
  const url = settings.DATABASE_URL ?? (await embeddedUrl(data));
  const secret = settings.BAILIWICK_SECRET ?? (await readFile(join(data, "secret"), "utf8")).trim();
  registry().env = {
    ...readEnv(settings),
    databaseUrl: url,
    secret,
    secretPath: "",
    secretIsSet: true,
    serverActionsKey: "",
  };
  Object.assign(registry(), { database: undefined, slots: new Map() });
  const link = () => /setup\?token=(\S+)/.exec(console.output())?.[1];
  while (link() === undefined) await pause(50);
  let told: Awaited<ReturnType<typeof tell>>;
  try {
    told = await tell(link() ?? "", console.address);
  } finally {
    await database().$disconnect();
    await console.end("SIGTERM");
  }

  const recording: Recording = {
    release,
    commit,
    catalogue,
    kind: server ? "dump" : "folder",
    version: server?.version ?? (await readFile(join(data, "postgres", "PG_VERSION"), "utf8")).trim(),
    secret: server && secret,
    owner: "owner",
    clientSecret,
    ...told,
  };
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(recording)}\n`);
  if (server) await dump(server, url, join(folder, `${name}.sql.br`));
  else await packFolder(data, join(folder, `${name}.tar.br`));
  const empty = Object.entries(told.answers.tables).filter(([, { rows }]) => rows === 0);
  process.stdout.write(
    `${name}: recorded; empty are ${empty.map(([table]) => table).join(", ") || "none"}\n`,
  );
}

/** The story of three weeks, which ends now. */
async function tell(token: string, address: string) {
  const { catalogue } = await currentPolicy(database());
  const end = Date.now();
  const story = new Story(catalogue, end - 21 * day);
  await tellSetUp(story, token);
  await tellPeople(story);
  await tellRoles(story);
  const places = await tellOrganizations(story);
  await tellSignIns(story);
  await tellAssignments(story, places, end);
  if (catalogue.catalogue === "rudder") await tellExpressions(story);
  await tellProviders(story);
  const tokens = await tellTokens(story);
  const scim = { ...tokens, ...(await provision(address, tokens.token)) };
  if (catalogue.catalogue === "uptrakit") await tellSync(story);
  story.wait(end - story.at().getTime());
  for (const username of story.accounts.keys()) await story.settle(username);
  const resetLink = await tellResetLink(story);
  // On another day of the week and at another time of day each; all of them within the next days.
  const instants = [0, 13 * hour, 4 * day + 7 * hour].map((later) => ({
    name: new Date(end + later).toISOString(),
    at: end + later,
  }));
  const recordedAt = new Date().toISOString();
  const tables = await tablesOf(registry().env?.databaseUrl ?? "", { until: recordedAt });
  const answers = { tables, access: await accessAt(instants) };
  const pages = await readPages(address, story);
  return { accounts: [...story.accounts.values()], scim, resetLink, answers, recordedAt, pages };
}

async function newDatabase(server: DebianPostgres, name: string): Promise<{ DATABASE_URL: string }> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const named = name.replaceAll("-", "_");
  await client.query(`CREATE DATABASE ${named} TEMPLATE template0`).finally(() => client.end());
  return { DATABASE_URL: server.url.replace("/postgres?", `/${named}?`) };
}

async function embeddedUrl(data: string): Promise<string> {
  const cluster = join(data, "postgres");
  const url = await runningServer(cluster, "superuser");
  if (url === undefined) throw new Error("The embedded PostgreSQL does not run.");
  return url;
}

/** SQL that any client can run, without the commands that only psql knows. */
async function dump(server: DebianPostgres, url: string, path: string): Promise<void> {
  const flags = ["--no-owner", "--no-privileges", "--no-comments", "--inserts", "--rows-per-insert=500"];
  const options = { maxBuffer: 2 ** 30 };
  const { stdout } = await promisify(execFile)(join(server.programs, "pg_dump"), [...flags, url], options);
  await writeCompressed(path, Buffer.from(stdout.replaceAll(/^\\(?:un)?restrict .*$/gm, ""), "utf8"));
}
