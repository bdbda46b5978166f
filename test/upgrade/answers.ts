import pg from "pg";
import { decide } from "#lib/access/index.ts";
import { loadSubject } from "#lib/assignments/index.ts";
import { database } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** What a table held: how many rows, and a print of everything in them but instants. */
export interface TableAnswer {
  rows: number;
  columns: string[];
  print: string;
}

export interface Answers {
  tables: Record<string, TableAnswer>;
  /** Per instant, username and permission that was not denied: the limits, of which an empty list is none. */
  access: Record<string, Record<string, Record<string, unknown>>>;
}

/** Counters and what lasts minutes come and go without anybody. */
const fleeting = new Set(["_prisma_migrations", "rate_limits", "seen_ids"]);

/**
 * Every table of the database, which runs in UTC as every server of a test does.
 * @param until instant up to which events of the audit log count
 * @param known whose columns to look at, per table; left out, all that there are
 */
export async function tablesOf(
  url: string,
  { until, known }: { until: string; known?: Answers["tables"] },
): Promise<Answers["tables"]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `SELECT table_name::text AS name, array_agg(column_name::text ORDER BY column_name)
           FILTER (WHERE table_name = 'audit_events' OR data_type <> 'timestamp with time zone') AS columns
         FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1 ORDER BY 1`,
    );
    const answers: Answers["tables"] = {};
    for (const { name, columns } of rows.filter((row) => !fleeting.has(row.name))) {
      const looked = known?.[name]?.columns ?? columns;
      const { rows: found } = await client.query<{ rows: number; print: string }>(
        `SELECT count(*)::int AS rows, md5(coalesce(string_agg(said, ',' ORDER BY said), '')) AS print FROM (
           SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key = ANY ($1))::text AS said
           FROM "${name}" t ${name === "audit_events" ? "WHERE at <= $2::timestamptz" : "WHERE $2::text <> ''"}) AS every`,
        [looked, until],
      );
      answers[name] = { rows: found[0]?.rows ?? 0, print: found[0]?.print ?? "", columns: looked };
    }
    return answers;
  } finally {
    await client.end();
  }
}

/**
 * A print of all instants of each table, in every row. A recording is moved up to the present first, so they are compared
 * before and after a start, and not with what was recorded.
 * @param until instant up to which events of the audit log count
 */
export async function instantsOf(url: string, until: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `SELECT table_name::text AS name, array_agg(column_name::text) AS columns FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' GROUP BY 1 ORDER BY 1`,
    );
    const prints: Record<string, string> = {};
    for (const { name, columns } of rows.filter((row) => !fleeting.has(row.name))) {
      const { rows: found } = await client.query<{ print: string }>(
        `SELECT md5(coalesce(string_agg(said, ',' ORDER BY said), '')) AS print FROM (
           SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t))
             WHERE key = ANY ($1) OR key IN ('id', 'user_id'))::text AS said
           FROM "${name}" t ${name === "audit_events" ? "WHERE at <= $2::timestamptz" : "WHERE $2::text <> ''"}) AS every`,
        [columns, until],
      );
      prints[name] = found[0]?.print ?? "";
    }
    return prints;
  } finally {
    await client.end();
  }
}

/** What everybody of the installation that this process is pointed at may do at these instants. */
export async function accessAt(
  instants: readonly { name: string; at: number }[],
): Promise<Answers["access"]> {
  const { policy } = await currentPolicy(database());
  const users = await database().user.findMany({
    select: { id: true, username: true, active: true },
    orderBy: { id: "asc" },
  });
  const subjects = await Promise.all(users.map((user) => loadSubject(database(), user)));
  const heldBy = (index: number, at: number) => {
    const subject = subjects[index];
    if (!subject) return {};
    const asked = policy.keys.map((permission) => [permission, decide(policy, subject, { permission, at })]);
    const held = asked as [string, ReturnType<typeof decide>][];
    return Object.fromEntries(
      held
        .filter(([, { effect }]) => effect !== "deny")
        .map(([permission, { limits }]) => [permission, plain(limits ?? [])]),
    );
  };
  return Object.fromEntries(
    instants.map(({ name, at }) => [
      name,
      Object.fromEntries(users.map(({ username }, index) => [username, heldBy(index, at)])),
    ]),
  );
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
