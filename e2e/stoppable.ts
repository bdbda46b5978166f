import { mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { pause } from "#server/pause.ts";
import { readPostmasterFile } from "#server/postgres/postmaster-file.ts";
import { runningServer } from "#server/postgres/running-server.ts";
import { pointAt } from "#test/installation.ts";
import { startConsole } from "#test/running-console.ts";
import type { Installation } from "./installation.ts";

/** A console with an embedded PostgreSQL of its own, which tests take away from it. */
export interface Stoppable extends Installation {
  /** Waits until the console says that people can work, or that they cannot. */
  untilReady(wanted: boolean): Promise<void>;
  /** PostgreSQL is stopped, and cannot be started again, while the body runs. */
  withoutDatabase<T>(body: () => Promise<T>): Promise<T>;
  /** PostgreSQL takes connections and does nothing with them while the body runs, as on a disk or host that hangs. */
  hanging<T>(body: () => Promise<T>): Promise<T>;
  /** What these statements of an administrator lock stays locked while the body runs. */
  locking<T>(statements: string[], body: () => Promise<T>): Promise<T>;
  /** Statements of an administrator of the database, who is not bound by what they do to others. */
  administer(...statements: string[]): Promise<void>;
}

/** @param on the disk that its data lie on */
export async function startStoppable(on = tmpdir()): Promise<Stoppable> {
  const data = await mkdtemp(join(on, "bailiwick-outage-"));
  const folder = join(data, "postgres");
  const running = await startConsole({ BAILIWICK_DATA: data, DATABASE_URL: "" });
  const url = (await runningServer(folder, "superuser")) as string;
  const made = new Map<string, Promise<unknown>>();
  let before: string | undefined;

  async function untilReady(wanted: boolean): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const { ok } = await fetch(`${running.address}/api/health/ready`);
      if (ok === wanted) return;
      await pause(50);
    }
    throw new Error(`The console did not become ${wanted ? "" : "un"}ready.`);
  }

  async function administrator(statements: string[]): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("SET default_transaction_read_only = off");
    for (const statement of statements) await client.query(statement);
    return client;
  }

  return {
    ...running,
    untilReady,
    setupLink: "",
    once<T>(what: string, make: () => Promise<T>) {
      if (!made.has(what)) made.set(what, make());
      return made.get(what) as Promise<T>;
    },
    newBugs: () => running.log().filter((line) => /"level":[56]0/.test(line)),
    async enter() {
      await registry().database?.$disconnect();
      if (env().databaseUrl !== url) before = env().databaseUrl;
      pointAt(url);
    },
    empty: async () => {},
    async stop() {
      await database().$disconnect();
      // The next file of this worker may go on with a console that it has used before.
      pointAt(before);
      await running.end("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
    async withoutDatabase(body) {
      await database().$disconnect();
      const { pid } = (await readPostmasterFile(folder)) as { pid: number };
      await rename(folder, `${folder}-away`);
      process.kill(pid, "SIGQUIT");
      await untilReady(false);
      try {
        return await body();
      } finally {
        await rename(`${folder}-away`, folder);
        await untilReady(true);
      }
    },
    async hanging(body) {
      const { pid } = (await readPostmasterFile(folder)) as { pid: number };
      const all = [pid, ...(await childrenOf(pid))];
      for (const one of all) process.kill(one, "SIGSTOP");
      try {
        return await body();
      } finally {
        for (const one of all.toReversed()) process.kill(one, "SIGCONT");
        await untilReady(true);
      }
    },
    async locking(statements, body) {
      const client = await administrator(["BEGIN", ...statements]);
      return body().finally(() => client.end());
    },
    async administer(...statements) {
      await (await administrator(statements)).end();
    },
  };
}

/** Every process of Linux says in its status who started it. */
async function childrenOf(parent: number): Promise<number[]> {
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    numbers.map((name) => readFile(`/proc/${name}/status`, "utf8").catch(() => "")),
  );
  return numbers.map(Number).filter((_, index) => parents[index]?.includes(`\nPPid:\t${parent}\n`));
}
