import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { secretFile } from "#lib/kernel/secret-file.ts";
import { runningServer } from "#server/postgres/running-server.ts";
import { createEmptyDatabase } from "#test/database.ts";
import { pointAt } from "#test/installation.ts";
import { startConsole } from "#test/running-console.ts";
import { type Answers, instantsOf } from "./answers.ts";
import { readCompressed, unpackFolder } from "./archive.ts";
import type { Recorded } from "./manifest.ts";
import { shiftTime } from "./shift-time.ts";
import { withUntouchedServer } from "./untouched-server.ts";

/** A recorded installation, ready to be started by this build; nothing of this build has touched it yet. */
export interface Restored {
  settings: Record<string, string>;
  /** Of its database, once a console runs it: with every right, or as the console itself connects. */
  url(role?: "superuser" | "application"): Promise<string>;
  secret: string;
  /** All instants in it. */
  instants: Answers["tables"];
  remove(): Promise<void>;
}

export interface Upgraded {
  address: string;
  url: string;
  output: () => string;
  /** All instants before this build touched it. */
  instants: Answers["tables"];
  close(): Promise<void>;
}

/** Unpacks a recording and moves it up to the present. */
export async function restore({ recording, file }: Recorded): Promise<Restored> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-upgrade-"));
  const data = join(folder, "data");
  const common = { BAILIWICK_DATA: data, BAILIWICK_CATALOGUE: recording.catalogue };
  if (recording.kind === "dump") {
    const { url, drop } = await createEmptyDatabase();
    await load(url, await readCompressed(file));
    await shiftTime(url, recording.recordedAt);
    const secret = recording.secret ?? "";
    const instants = await instantsOf(url, recording.recordedAt);
    return {
      instants,
      settings: { ...common, DATABASE_URL: url, BAILIWICK_SECRET: secret },
      url: async () => url,
      secret,
      remove: async () => {
        await drop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
  await unpackFolder(file, data);
  const cluster = join(data, "postgres");
  let instants: Answers["tables"] = {};
  await withUntouchedServer(cluster, async (url) => {
    await shiftTime(url, recording.recordedAt);
    instants = await instantsOf(url, recording.recordedAt);
  });
  return {
    instants,
    settings: { ...common, DATABASE_URL: "", BAILIWICK_SECRET: "" },
    url: async (role = "superuser") => {
      const found = await runningServer(cluster, role);
      if (found === undefined) throw new Error("The embedded PostgreSQL does not run.");
      return found;
    },
    secret: secretFile(data, "secret"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Starts this build's console on a recording, with this process pointed at the same database. */
export async function bringUp(recorded: Recorded): Promise<Upgraded> {
  const restored = await restore(recorded);
  const console = await startConsole(restored.settings);
  const url = await restored.url();
  const before = registry().env;
  registry().env = { ...env(), secret: restored.secret };
  pointAt(await restored.url("application"));
  return {
    address: console.address,
    url,
    output: console.output,
    instants: restored.instants,
    close: async () => {
      await database().$disconnect();
      registry().env = before;
      await console.end("SIGTERM");
      await restored.remove();
    },
  };
}

/** What a dump sets for its session must not stay there: behind a pooler the session goes on to somebody else. */
async function load(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`${sql};\nRESET ALL;`).finally(() => client.end());
}
