import pg from "pg";
import { cookieOf } from "../../e2e/session.ts";
import { database } from "../../lib/kernel/database.ts";
import { pointAt } from "../../test/installation.ts";
import { filledDatabases, type Kind, kinds } from "../population/filled-databases.ts";
import { connectionsTo } from "./ask.ts";
import type { Bench } from "./bench.ts";
import { signInToBetterAuth } from "./better-auth.ts";
import { consoleClient } from "./console-client.ts";
import { type Cpu, cpuOfPostgres, cpuOfProcess } from "./cpu.ts";
import { type MeasuredServer, startMeasuredConsole, startPeer } from "./servers.ts";
import { resetCounting, statementCounter } from "./statements.ts";

/** Fills the databases if need be and starts the three servers on copies of them. */
export async function openBench(
  server: string,
  people: number,
  pace: { slice: number; rounds: number },
  say: (line: string) => void,
): Promise<{ bench: Bench; close: () => Promise<void> }> {
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const one of undo.reverse()) await one();
  };
  try {
    const filled = await filledDatabases(server, people, say);
    undo.push(filled.drop);
    const urls = filled.addresses;
    const start: Record<Kind, () => Promise<MeasuredServer>> = {
      console: () => startMeasuredConsole(urls.console),
      better_auth: () => startPeer("bench/peers/better-auth.ts", urls.better_auth),
      floor: () => startPeer("bench/console/floor/main.ts", urls.floor),
    };
    const watcher = await connected(server, undo);
    const count = await statementCounter(watcher);
    if (count) undo.push(() => resetCounting(watcher));
    const postgres = await cpuOfPostgres(watcher);
    const parts = {} as Record<Kind, Awaited<ReturnType<typeof part>>>;
    const part = async (kind: Kind) => {
      const running = await start[kind]();
      undo.push(() => running.stop());
      const { ask, close: hangUp } = connectionsTo(running.origin);
      undo.push(hangUp);
      return {
        ask,
        cpu: cpuOf(cpuOfProcess(running.pid), postgres),
        origin: running.origin,
        database: new URL(urls[kind]).pathname.slice(1),
        client: await connected(urls[kind], undo),
      };
    };
    for (const kind of kinds) parts[kind] = await part(kind);
    const { console, better_auth, floor } = parts;
    pointAt(urls.console);
    undo.push(() => database().$disconnect());
    const owner = await ownerOf(console.client);
    const bench: Bench = {
      ...pace,
      people,
      count,
      servers: { console, rsc: console, better_auth, floor },
      addresses: {
        console: { origin: console.origin, database: urls.console },
        better_auth: { origin: better_auth.origin, database: urls.better_auth },
        floor: { origin: floor.origin, database: urls.floor },
      },
      databases: { console: console.client, better_auth: better_auth.client, floor: floor.client },
      owner,
      console: await consoleClient(console.origin, owner.cookie),
      stranger: await consoleClient(console.origin),
      betterAuth: await signInToBetterAuth(better_auth.ask, better_auth.origin, owner.email),
    };
    return { bench, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const cpuOf = (server: Cpu | undefined, postgres: Cpu | undefined) =>
  server && postgres ? { server, postgres } : undefined;

async function connected(url: string, undo: (() => unknown)[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  undo.push(() => client.end());
  return client;
}

/** The first person of the population, and a session of theirs that they have just started. */
async function ownerOf(client: pg.Client) {
  const { rows } = await client.query<{ id: string; username: string; email: string }>(
    "SELECT id, username, email FROM users ORDER BY created_at LIMIT 1",
  );
  const [owner] = rows;
  if (!owner) throw new Error("the database has no users");
  return { ...owner, cookie: await cookieOf(owner) };
}
