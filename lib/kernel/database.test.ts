import pg from "pg";
import { expect, test } from "vitest";
import { currentPolicy } from "#lib/policy/index.ts";
import { migrate } from "#server/migrate.ts";
import { readMigrations } from "#server/migrations.ts";
import { createEmptyDatabase } from "#test/database.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { person } from "#test/people.ts";
import { database } from "./database.ts";
import { env } from "./env.ts";

async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<Row>(sql, values).finally(() => client.end())).rows;
}

const inZone = (url: string, zone: string) =>
  query(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone = '${zone}'`);

test("instants are the same to Prisma, to SQL and to JSON, whatever the time zone of the database", async () => {
  const close = await openInstallation();
  const url = env().databaseUrl ?? "";
  await inZone(url, "America/New_York");
  await database().$disconnect();
  pointAt(url);
  await currentPolicy(database());
  const createdAt = new Date("2026-07-01T12:34:56.789Z");
  const { id } = await person({ roles: ["user"], createdAt });
  const [row] = await query<{ at: Date; json: { created_at: string } }>(
    url,
    "SELECT created_at AS at, to_json(users) AS json FROM users WHERE id = $1",
    [id],
  );
  expect(row?.at).toEqual(createdAt);
  expect(new Date(row?.json.created_at ?? "")).toEqual(createdAt);
  expect(await database().user.findUnique({ where: { id }, select: { createdAt: true } })).toEqual({
    createdAt,
  });
  await close();
});

const hour = 3_600_000;
/** How far from the instant that was meant release 0.1 stored it in New York's winter and summer. */
const newYork = { winter: 5 * hour, summer: 4 * hour };
const later = ["2027-07-01T12:00:00Z", "2028-01-15T12:00:00Z"].map(Date.parse);

/** A database of release 0.1 whose catalogue was loaded so long after the first migration, by its own account. */
async function ofRelease(zone: string, loadedAfter: number) {
  const { url, drop } = await createEmptyDatabase();
  await inZone(url, zone);
  const all = await readMigrations();
  await migrate(
    url,
    all.filter(({ name }) => name < "20261129"),
  );
  const insert = `INSERT INTO audit_events (id, at, action, outcome, actor_kind, actor_name, door)
    VALUES (gen_random_uuid(), $1::timestamptz, $2, 'done', 'system', 'test', 'system')`;
  await query(url, insert, [new Date(Date.now() + loadedAfter), "load catalogue"]);
  for (const at of later) await query(url, insert, [new Date(at), "test"]);
  const stored = async () => {
    const rows = await query<{ at: Date }>(
      url,
      "SELECT at FROM audit_events WHERE action = 'test' ORDER BY at",
    );
    return rows.map(({ at }, index) => at.getTime() - (later[index] ?? 0));
  };
  return { url, drop, stored, upgrade: () => migrate(url, all) };
}

/** New York's offset on this day. */
const off = () => {
  const zone = new Intl.DateTimeFormat("en", { timeZone: "America/New_York", timeZoneName: "longOffset" });
  return Number(/GMT-0(\d)/.exec(zone.format(new Date()))?.[1]) * hour;
};

test.each([
  ["written in New York", "America/New_York", off(), [-newYork.summer, -newYork.winter]],
  ["dumped in UTC, restored in New York", "America/New_York", 0, [0, 0]],
  ["written in UTC", "UTC", 0, [0, 0]],
  ["written in UTC, its catalogue loaded a day late", "UTC", 24 * hour, [0, 0]],
] as const)(
  "instants of release 0.1, %s, are corrected where they are wrong, once",
  async (_, zone, after, moved) => {
    const { url, drop, stored, upgrade } = await ofRelease(zone, after);
    await upgrade();
    await upgrade();
    expect(await stored()).toEqual(moved.map((by) => by + 0));
    await expect(query(url, "DELETE FROM audit_events")).rejects.toThrow();
    await drop();
  },
);

test("where it cannot be seen how release 0.1 stored its instants, the start stops until the operator says", async () => {
  const { url, drop, stored, upgrade } = await ofRelease("America/New_York", 24 * hour);
  const say = `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET bailiwick.stored_time_zone =`;
  await expect(upgrade()).rejects.toMatchObject({
    reason: "migration_failed",
    message: expect.stringContaining("bailiwick.stored_time_zone"),
  });
  expect(await stored()).toEqual([0, 0]);
  await query(url, `${say} 'America/New_York'`);
  await upgrade();
  expect(await stored()).toEqual([-newYork.summer, -newYork.winter]);
  await drop();

  const restored = await ofRelease("America/New_York", 24 * hour);
  await query(
    restored.url,
    `ALTER DATABASE "${new URL(restored.url).pathname.slice(1)}" SET bailiwick.stored_time_zone = 'UTC'`,
  );
  await restored.upgrade();
  expect(await restored.stored()).toEqual([0, 0]);
  await restored.drop();
});
