import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { appendOnly, grantToApplication } from "#server/grants.ts";
import { migrate } from "#server/migrate.ts";
import { pause } from "#server/pause.ts";
import { projectFolder } from "#server/project-folder.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { unpackFolder } from "#test/upgrade/archive.ts";
import { databaseName } from "./endpoint.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { isPostmasterOf } from "./process-info.ts";
import { type EmbeddedPostgres, startPostgres } from "./supervisor.ts";

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The code that PostgreSQL refused it with. */
const refusal = (url: string, sql: string): Promise<unknown> =>
  ask(url, sql).then(
    () => "done",
    (error) => error.code,
  );

async function started(folder: string): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ folder, durable: false });
  onTestFinished(() => server.stop());
  return server;
}

async function migrated({ urls }: EmbeddedPostgres): Promise<void> {
  await migrate(urls.owner);
  await grantToApplication(urls.owner, urls.application);
}

const event = `INSERT INTO audit_events (id, at, action, outcome, actor_kind, actor_name, door)
  VALUES (gen_random_uuid(), now(), 'try', 'done', 'system', 'test', 'system')`;

/** What would let somebody who speaks as the application change the past, or be more than the application. */
const beyond = {
  "change an event": "UPDATE audit_events SET action = 'another'",
  "delete an event": "DELETE FROM audit_events",
  "empty the log": "TRUNCATE audit_events",
  "disable its trigger": "ALTER TABLE audit_events DISABLE TRIGGER ALL",
  "drop its trigger": "DROP TRIGGER audit_events_append_only ON audit_events",
  "replace what the trigger does":
    "CREATE OR REPLACE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE sql AS ''",
  "drop the log": "DROP TABLE audit_events",
  "put another in its place": "ALTER TABLE audit_events RENAME TO other",
  "look the other way": "SET session_replication_role = replica",
  "hang a trigger on it":
    "CREATE TRIGGER t BEFORE INSERT ON audit_events EXECUTE FUNCTION audit_events_append_only()",
  "change what was migrated": "DELETE FROM _prisma_migrations",
  "make a table": "CREATE TABLE mine ()",
  "make a role": "CREATE ROLE mine",
  "become the owner": "SET ROLE bailiwick_owner",
  "become the superuser": "ALTER ROLE bailiwick_app SUPERUSER",
  "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
  "read a file": "SELECT pg_read_file('/etc/passwd')",
  "read passwords": "SELECT * FROM pg_authid",
};

describe("what the application may do", () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "bailiwick-one-"));
    server = await startPostgres({ folder: join(folder, "postgres"), durable: false });
    await migrated(server);
    await ask(server.urls.application, event);
    return async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    };
  });

  test.each(Object.entries(beyond))("it cannot %s", async (_what, sql) => {
    expect(await refusal(server.urls.application, sql)).toBe("42501");
  });

  test("nor can the owner be more than the owner, and nobody but the superuser is one", async () => {
    for (const what of ["make a role", "run a program", "read a file", "read passwords"] as const)
      expect(await refusal(server.urls.owner, beyond[what])).toBe("42501");
    const rows = await ask(server.urls.superuser, "SELECT rolname FROM pg_roles WHERE rolsuper");
    expect(rows).toEqual([{ rolname: "bailiwick" }]);
  });

  test("it reads and writes every other table, and adds to the audit log", async () => {
    const held = `SELECT relname AS name, string_agg(privilege, ' ' ORDER BY privilege) AS held
      FROM pg_class, unnest(ARRAY['DELETE', 'INSERT', 'SELECT', 'UPDATE', 'TRUNCATE']) privilege
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND has_table_privilege(oid, privilege) GROUP BY 1`;
    const rows = await ask(server.urls.application, held);
    const other = rows.filter(({ held }) => held !== "DELETE INSERT SELECT UPDATE");
    expect(Object.fromEntries(other.map(({ name, held }) => [name, held]))).toEqual({
      _prisma_migrations: "SELECT",
      // The trigger refuses changes as well, with the same code.
      audit_events: "INSERT SELECT",
      ...Object.fromEntries(appendOnly.map((name) => [name, "INSERT SELECT"])),
    });
    expect(rows.length).toBeGreaterThan(25);
  });

  test("it makes the months of the audit log, and runs none of the other functions that are not everybody's", async () => {
    const [made] = await ask(
      server.urls.application,
      "SELECT count(*)::int AS made FROM audit_make_months()",
    );
    expect(made).toEqual({ made: 0 });
    const closed = await ask(
      server.urls.application,
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND NOT has_function_privilege(oid, 'EXECUTE') ORDER BY 1`,
    );
    expect(closed.map(({ name }) => name)).toEqual(["audit_delete_before", "audit_let_go"]);
  });

  test("every table whose trigger refuses changes is one that it only adds to", async () => {
    const rows = await ask(
      server.urls.owner,
      `SELECT DISTINCT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname LIKE '%append_only%' AND NOT c.relispartition`,
    );
    expect(rows.map(({ name }) => name)).toEqual(appendOnly);
  });

  test("it has no way round a partitioned table, and what a later migration makes is granted too", async () => {
    await ask(
      server.urls.owner,
      `CREATE TABLE later (id INT GENERATED ALWAYS AS IDENTITY, at INT) PARTITION BY RANGE (at);
       CREATE TABLE later_1 PARTITION OF later FOR VALUES FROM (0) TO (10)`,
    );
    expect(await refusal(server.urls.application, "SELECT FROM later")).toBe("42501");
    await grantToApplication(server.urls.owner, server.urls.application);
    expect(await refusal(server.urls.application, "INSERT INTO later (at) VALUES (1)")).toBe("done");
    expect(await refusal(server.urls.application, "DELETE FROM later_1")).toBe("42501");
    // What was given by hand is taken again.
    await ask(server.urls.owner, "GRANT DELETE, TRUNCATE ON audit_events TO bailiwick_app");
    await grantToApplication(server.urls.owner, server.urls.application);
    expect(await refusal(server.urls.application, "DELETE FROM audit_events")).toBe("42501");
    await ask(server.urls.owner, "DROP TABLE later");
  });
});

/** Connects in a process of that account, with what it knows: where the socket is, and no password. */
async function connectAs(uid: number, url: string): Promise<string> {
  const open = new URL(url);
  open.password = "";
  const source = `
    import pg from "pg";
    const client = new pg.Client({ connectionString: ${JSON.stringify(open.href)} });
    client.on("error", () => {});
    await client.connect().then(() => console.log("in"), () => console.log("out"));
    process.exit();`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
    cwd: projectFolder,
    uid,
    gid: uid,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
  return String(line).trim();
}

test("no account of the machine gets in without the password, not even the server's own", async () => {
  const home = await temporaryFolder();
  await chmod(home, 0o755);
  const { urls, pid } = await started(join(home, "postgres"));
  const root = process.getuid?.() === 0;
  const own = root ? Number(/Uid:\s+(\d+)/.exec(await readFile(`/proc/${pid()}/status`, "utf8"))?.[1]) : -1;
  if (root) expect([0, 65534]).not.toContain(own);
  for (const uid of root ? [own, 65534, 0] : [process.getuid?.() ?? 0])
    for (const url of Object.values(urls)) expect(await connectAs(uid, url)).toBe("out");
  expect(await ask(urls.application, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a lost password file costs nobody the data", async () => {
  const home = await temporaryFolder();
  const folder = join(home, "postgres");
  const first = await startPostgres({ folder, durable: false });
  await ask(first.urls.owner, "CREATE TABLE kept AS SELECT 1 AS id");
  await first.stop();
  await rm(join(home, "postgres-password"));
  const { urls } = await started(folder);
  expect(urls.owner).not.toBe(first.urls.owner);
  expect(await ask(urls.owner, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
  const open = new URL(urls.superuser);
  open.password = "";
  await expect(ask(open.href, "SELECT 1")).rejects.toThrow("password");
});

/** A start in a process of its own, killed with its server after so many milliseconds. */
async function killedStart(folder: string, after: number): Promise<void> {
  const source = `
    import { startPostgres } from "#server/postgres/supervisor.ts";
    await startPostgres({ folder: ${JSON.stringify(folder)}, durable: false });
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  const gone = once(child, "exit");
  await pause(after);
  const file = await readPostmasterFile(folder);
  child.kill("SIGKILL");
  const [code] = await gone;
  // A start that gave up by itself has nothing to do with the kill.
  if (code !== null) throw new Error(`The start failed: ${said}`);
  // Every other time the server lives on, and the next start joins it.
  if (file && Math.random() < 0.5 && (await isPostmasterOf(file.pid, folder)))
    process.kill(file.pid, "SIGKILL");
}

test("a data folder of release 0.1 is brought here, however often the start that does it is killed", async () => {
  const home = await temporaryFolder();
  const recorded = join(projectFolder, "test", "upgrade", "0.1", "patchmon-folder.tar.br");
  await unpackFolder(recorded, home);
  const folder = join(home, "postgres");
  expect(await readFile(join(folder, "pg_hba.conf"), "utf8")).toMatch(/^local\s+all\s+all\s+trust/m);
  for (const after of [500, 700, 800, 900, 1_000, 1_100])
    await killedStart(folder, after + Math.random() * 100);
  const server = await started(folder);
  await migrated(server);
  const { urls } = server;
  const owners = `SELECT DISTINCT pg_get_userbyid(owner) AS owner FROM (
      SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT proowner FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname = 'public'
      UNION ALL SELECT datdba FROM pg_database WHERE datname = '${databaseName}') AS ours (owner)`;
  expect(await ask(urls.superuser, owners)).toEqual([{ owner: "bailiwick_owner" }]);
  const [{ people } = {}] = await ask(urls.application, "SELECT count(*)::int AS people FROM users");
  expect(people).toBeGreaterThan(30);
  expect(await refusal(urls.application, beyond["delete an event"])).toBe("42501");
  expect(await refusal(urls.application, event)).toBe("done");
  const open = new URL(urls.superuser);
  open.password = "";
  await expect(ask(open.href, "SELECT 1")).rejects.toThrow("password");
  expect(await readFile(join(folder, "pg_hba.conf"), "utf8")).not.toContain("trust");
});
