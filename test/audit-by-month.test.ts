import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deleteMonths, listMonths } from "#lib/audit-log/index.ts";
import { makeAuditMonths } from "#lib/kernel/audit-months.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { migrate } from "#server/migrate.ts";
import { readMigrations } from "#server/migrations.ts";
import { createEmptyDatabase } from "./database.ts";
import { openInstallation, pointAt } from "./installation.ts";
import { failure } from "./trail.ts";

const monthsFrom = (offset: number, now = new Date()) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 15));
const nameOf = (offset: number) =>
  `audit_events_${monthsFrom(offset).toISOString().slice(0, 7).replace("-", "_")}`;
const byMonth = "20261129200000_audit_by_month";

const insert = (client: pg.ClientBase, at: Date, action: string) =>
  client.query(
    `INSERT INTO audit_events (id, at, action, outcome, actor_kind, actor_name, door, before)
       VALUES ($1, $2, $3, 'done', 'system', 'a test', 'system', '{"b": 1, "a": 2}')`,
    [newId(at.getTime()), at, action],
  );
const eventsIn = async (client: pg.ClientBase) => {
  const { rows } = await client.query(
    "SELECT tableoid::regclass::text AS part, id, at, action, before, xid, content, hash FROM audit_events ORDER BY at",
  );
  return rows;
};

describe("a log from before there were months", () => {
  let client: pg.Client;
  let drop: () => Promise<void>;
  let events: unknown[];
  beforeAll(async () => {
    const made = await createEmptyDatabase();
    drop = made.drop;
    const migrations = await readMigrations();
    const index = migrations.findIndex(({ name }) => name === byMonth);
    await migrate(made.url, migrations.slice(0, index));
    client = new pg.Client({ connectionString: made.url });
    await client.connect();
    await client.query("SET timezone = 'America/New_York'");
    for (const [offset, action] of [
      [-30, "long ago"],
      [-1, "lately"],
      [0, "now"],
      [40, "by a clock ahead"],
    ] as const)
      await insert(client, monthsFrom(offset), action);
    ({ rows: events } = await client.query("SELECT * FROM audit_events ORDER BY at"));
    await client.query(`SET search_path = public`);
    const before = await client.query("SELECT 'audit_events'::regclass::oid AS oid");
    await migrate(made.url, migrations);
    const { rows } = await client.query("SELECT 'audit_events_first'::regclass::oid AS oid");
    // The table itself, and no copy of it.
    expect(rows).toEqual(before.rows);
  });
  afterAll(async () => {
    await client.end();
    await drop();
  });

  test("is there to the last row, and says which rows they are", async () => {
    const found = await eventsIn(client);
    expect(found).toMatchObject(
      events.map((event, index) => ({
        ...pick(event),
        part: index < 3 ? "audit_events_first" : "audit_events_default",
        content: null,
        hash: null,
      })),
    );
    expect(found.slice(0, 3)).toMatchObject([{ xid: null }, { xid: null }, { xid: null }]);
  });
  const pick = (event: unknown) => {
    const { id, at, action, before } = event as Record<string, unknown>;
    return { id, at, action, before };
  };

  test("has its next months, and new events are where they belong", async () => {
    const { rows } = await client.query("SELECT part FROM audit_months()");
    expect(rows.map(({ part }) => part)).toEqual([
      "audit_events_first",
      nameOf(1),
      nameOf(2),
      "audit_events_default",
    ]);
    await insert(client, monthsFrom(0), "new");
    await insert(client, monthsFrom(1), "next");
    const found = await eventsIn(client);
    expect(found.find(({ action }) => action === "new")).toMatchObject({ part: "audit_events_first" });
    expect(found.find(({ action }) => action === "next")).toMatchObject({ part: nameOf(1) });
    expect(found.find(({ action }) => action === "next").xid).not.toBeNull();
  });

  test.each(["audit_events", "audit_events_first", "audit_events_default", nameOf(1), nameOf(2)])(
    "%s is append-only by itself",
    async (table) => {
      const before = await eventsIn(client);
      for (const sql of [
        `UPDATE ${table} SET actor_name = 'x'`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        if (!sql.startsWith("TRUNCATE") && table === nameOf(2))
          await insert(client, monthsFrom(2), "so that there is one");
        await expect(client.query(sql)).rejects.toThrow(/append-only/);
      }
      expect((await eventsIn(client)).length).toBeGreaterThanOrEqual(before.length);
    },
  );
});

describe("in use", () => {
  let call: ReturnType<typeof systemCall>;
  let client: pg.Client;
  beforeAll(async () => {
    const close = await openInstallation();
    const [row] = await database().$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`;
    client = new pg.Client({
      connectionString: (process.env.TEST_DATABASE_URL as string).replace(
        /\/[^/?]*(\?|$)/,
        `/${row?.name}$1`,
      ),
    });
    await client.connect();
    call = systemCall("audit", new Date());
    return async () => {
      await client.end();
      await close();
    };
  });

  const moved = (months: number) =>
    // As if the console had not been started for so long: what would be the parts of then is not there yet.
    client.query(`DROP TABLE ${nameOf(months)}`);

  test("a month is made once, whoever asks, and takes the events that came before it", async () => {
    await moved(1);
    await moved(2);
    await insert(client, monthsFrom(1), "too early");
    const made = await Promise.all([makeAuditMonths(), makeAuditMonths(), makeAuditMonths()]);
    expect(made.flat()).toEqual([nameOf(1), nameOf(2)]);
    expect((await eventsIn(client)).find(({ action }) => action === "too early")).toMatchObject({
      part: nameOf(1),
    });
    await expect(client.query(`DELETE FROM audit_events_default`)).resolves.toMatchObject({ rowCount: 0 });
    await insert(client, monthsFrom(30), "a clock ahead");
    await expect(client.query(`DELETE FROM audit_events_default`)).rejects.toThrow(/append-only/);
    expect(await makeAuditMonths()).toEqual([]);
  });

  test("a page of the log reads the month that it is in, and no other", async () => {
    const { rows } = await client.query(
      `EXPLAIN SELECT * FROM audit_events WHERE at >= $1 AND at < $2 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT 25`,
      [monthsFrom(1), new Date(monthsFrom(1).getTime() + 86_400_000), newId()],
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain(nameOf(1));
    expect(plan).not.toContain(nameOf(2));
  });

  test("an operator deletes months that are over for long, and the log says so", async () => {
    for (const offset of [-4, -3, -1, 0]) {
      const since = monthsFrom(offset).toISOString().slice(0, 7);
      const until = monthsFrom(offset + 1)
        .toISOString()
        .slice(0, 7);
      if (offset < 0) {
        await client.query(`CREATE TABLE ${nameOf(offset)} PARTITION OF audit_events
          FOR VALUES FROM ('${since}-01 00:00+00') TO ('${until}-01 00:00+00')`);
      }
      await insert(client, monthsFrom(offset), `event of ${offset}`);
    }
    await insert(client, monthsFrom(-50), "far out");
    const before = monthsFrom(-2).toISOString().slice(0, 7);
    const listed = await runQuery(listMonths, call, {});
    expect(listed.find(({ part }) => part === nameOf(-3))).toMatchObject({ events: 1 });

    const answer = await runCommand(deleteMonths, call, { before });
    expect(answer).toEqual({ before, events: 3, parts: [nameOf(-4), nameOf(-3), "audit_events_default"] });
    const actions = (await eventsIn(client)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["event of -1", "event of 0", "a clock ahead"]));
    expect(actions).not.toEqual(expect.arrayContaining(["far out"]));
    const row = await database().auditEvent.findFirstOrThrow({
      where: { action: "delete old audit events" },
    });
    expect(row).toMatchObject({ outcome: "done", actorName: "audit", after: answer });
    expect(await failure(runCommand(deleteMonths, call, { before }))).toMatchObject({
      reason: "no_such_month",
    });
  });

  test("the present month and the one before it stay, whoever asks", async () => {
    for (const offset of [0, 1, 12]) {
      const before = monthsFrom(offset).toISOString().slice(0, 7);
      expect(await failure(runCommand(deleteMonths, call, { before }))).toMatchObject({
        reason: "too_recent",
      });
    }
    for (const before of ["2026", "2026-13", "yesterday"])
      expect((await failure(runCommand(deleteMonths, call, { before }))).code).toBe("invalid");
  });

  test("a role that may only read and add makes months, and alters and deletes nothing", async () => {
    const { rows } = await client.query("SELECT current_user AS owner, current_database() AS name");
    const role = `app_${rows[0].name}`;
    await client.query(`CREATE ROLE ${role}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    await client.query(`GRANT SELECT, INSERT ON audit_events TO ${role}`);
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON refusal_counters TO ${role}`);
    await client.query(`GRANT EXECUTE ON FUNCTION audit_make_months() TO ${role}`);
    await moved(2);
    try {
      await client.query(`SET ROLE ${role}`);
      await insert(client, new Date(), "by the application");
      expect((await client.query("SELECT part FROM audit_make_months() AS part")).rows).toEqual([
        { part: nameOf(2) },
      ]);
      for (const sql of [
        "UPDATE audit_events SET actor_name = 'x'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        `DROP TABLE ${nameOf(1)}`,
        `ALTER TABLE audit_events DETACH PARTITION ${nameOf(1)}`,
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
        "SELECT audit_let_go(true)",
        "SELECT audit_delete_before(now())",
        `UPDATE ${nameOf(1)} SET actor_name = 'x'`,
        `INSERT INTO ${nameOf(1)} SELECT * FROM audit_events`,
      ])
        await expect(client.query(sql), sql).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.query("RESET ROLE");
      await client.query(`DROP OWNED BY ${role}`);
      await client.query(`DROP ROLE ${role}`);
    }
  });
});

test("no month is there twice, and none is missing up to two ahead", async () => {
  pointAt(process.env.TEST_DATABASE_URL);
  const close = await openInstallation();
  const parts = (await runQuery(listMonths, systemCall("audit"), {})).map(({ part }) => part);
  expect(parts).toEqual([nameOf(0), nameOf(1), nameOf(2), "audit_events_default"]);
  await close();
});
