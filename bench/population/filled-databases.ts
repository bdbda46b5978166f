import pg from "pg";
import { loadCatalogue } from "../../lib/catalogue/load.ts";
import { product } from "../../lib/kernel/caller.ts";
import { database } from "../../lib/kernel/database.ts";
import { hashPassword } from "../../lib/passwords/index.ts";
import { migrate } from "../../server/migrate.ts";
import { projectFolder } from "../../server/project-folder.ts";
import { withDatabase } from "../../test/database-url.ts";
import { pointAt } from "../../test/installation.ts";
import { startPeer } from "../console/servers.ts";
import { fillBetterAuth } from "./fill-better-auth.ts";
import { fillConsole } from "./fill-console.ts";
import { fillFloor } from "./fill-floor.ts";
import { fingerprint } from "./fingerprint.ts";
import { password } from "./markers.ts";

export const kinds = ["console", "better_auth", "floor"] as const;
export type Kind = (typeof kinds)[number];
export type Addresses = Record<Kind, string>;

/**
 * Databases with so many people for each of the three servers: copies of templates, which are filled once a day and kept.
 * @param server address of a database of the server; its user has to be a superuser
 * @param say is told how long filling took
 * @param wanted not all of the three
 */
export async function filledDatabases(
  server: string,
  count: number,
  say: (line: string) => void,
  wanted: readonly Kind[] = kinds,
): Promise<{ addresses: Addresses; drop: () => Promise<void> }> {
  const client = await connected(server);
  const addresses: Partial<Addresses> = {};
  const copyOf = (kind: Kind) => `bench_${kind}_${count}_run`;
  const dropCopy = (kind: Kind) => client.query(`DROP DATABASE IF EXISTS ${copyOf(kind)} WITH (FORCE)`);
  for (const kind of wanted) {
    const template = await filledTemplate(client, server, kind, count, say);
    await dropCopy(kind);
    await client.query(`CREATE DATABASE ${copyOf(kind)} TEMPLATE ${template} STRATEGY file_copy`);
    addresses[kind] = withDatabase(server, copyOf(kind));
  }
  await client.query("CHECKPOINT");
  return {
    addresses: addresses as Addresses,
    async drop() {
      for (const kind of wanted) await dropCopy(kind);
      await client.end();
    },
  };
}

async function filledTemplate(
  client: pg.Client,
  server: string,
  kind: Kind,
  count: number,
  say: (line: string) => void,
): Promise<string> {
  const every = `bench_${kind}_${count}_`;
  const name = `${every}${fingerprint()}`;
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
    [every],
  );
  if (rows.some(({ datname }) => datname === name)) return name;
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  // Under its name only once it is whole: a run that is killed meanwhile leaves a draft.
  const draft = `${every}draft`;
  await client.query(`CREATE DATABASE ${draft} TEMPLATE template0`);
  const begun = performance.now();
  await fill[kind](withDatabase(server, draft), count, new Date());
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  const size = await client.query<{ size: string }>("SELECT pg_size_pretty(pg_database_size($1)) AS size", [
    name,
  ]);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`filled ${kind} with ${count.toLocaleString("en")} people: ${seconds} s, ${size.rows[0]?.size}`);
  return name;
}

const fill: Record<Kind, (url: string, count: number, at: Date) => Promise<void>> = {
  async console(url, count, at) {
    await migrate(url);
    pointAt(url);
    await loadCatalogue("patchmon", projectFolder);
    await database().$disconnect();
    await using(url, async (client) =>
      fillConsole(client, count, at, await hashPassword(password, product("bench"))),
    );
  },
  async better_auth(url, count, at) {
    // It makes its tables when it starts.
    const peer = await startPeer("bench/peers/better-auth.ts", url);
    await peer.stop();
    await using(url, (client) => fillBetterAuth(client, count, at));
  },
  async floor(url, count, at) {
    const hash = await hashPassword(password, product("bench"));
    await using(url, (client) => fillFloor(client, count, at, hash));
  },
};

async function using(url: string, body: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connected(url);
  await body(client).finally(() => client.end());
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
