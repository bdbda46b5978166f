import pg from "pg";
import { decide } from "#lib/access/index.ts";
import { loadSubject } from "#lib/assignments/index.ts";
import { database } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** What a table held: how many rows, and a print of these columns. */
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
const fleeting = new Set(["_prisma_migrations", "rate_limits", "refusal_counters", "seen_ids"]);

/** Which rows count, where not all do: $2 is the instant of the recording. The mark is written by the first start of a later release. */
const counting: Record<string, string> = {
  audit_events: "at <= $2::timestamptz",
  settings: "key <> 'secret check' AND $2::text <> ''",
};

/**
 * Every table of the database, which runs in UTC as every server of a test does.
 * @param until instant up to which events of the audit log count
 * @param known whose columns to look at, per table; left out, all that there are
 */
export async function tablesOf(
  url: string,
  { until, known }: { until: string; known?: Answers["tables"] },
): Promise<Answers["tables"]> {
  const lasting = "table_name = 'audit_events' OR data_type <> 'timestamp with time zone'";
  return printed(url, lasting, until, (name, columns) => known?.[name]?.columns ?? columns);
}

/**
 * All instants of each table. A recording is moved up to the present first, so they are compared before and after a
 * start, and not with what was recorded.
 * @param until instant up to which events of the audit log count
 */
export function instantsOf(url: string, until: string): Promise<Answers["tables"]> {
  const instants = "data_type = 'timestamp with time zone' OR column_name IN ('id', 'user_id')";
  return printed(url, instants, until, (_name, columns) => columns);
}

/** @param which columns, as a condition on information_schema.columns */
async function printed(
  url: string,
  which: string,
  until: string,
  looked: (table: string, columns: string[]) => string[],
): Promise<Answers["tables"]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; columns: string[] | null }>(
      `SELECT table_name::text AS name, array_agg(column_name::text ORDER BY column_name) FILTER (WHERE ${which}) AS columns
         FROM information_schema.columns
         WHERE table_schema = 'public' AND NOT (SELECT relispartition FROM pg_class WHERE oid = table_name::regclass)
         GROUP BY 1 ORDER BY 1`,
    );
    const answers: Answers["tables"] = {};
    for (const { name, columns: found } of rows.filter((row) => !fleeting.has(row.name))) {
      const columns = looked(name, found ?? []);
      const { rows: said } = await client.query<{ rows: number; print: string }>(
        `SELECT count(*)::int AS rows, md5(coalesce(string_agg(said, ',' ORDER BY said), '')) AS print FROM (
           SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key = ANY ($1))::text AS said
           FROM "${name}" t WHERE ${counting[name] ?? "$2::text <> ''"}) AS every`,
        [columns, until],
      );
      answers[name] = { rows: said[0]?.rows ?? 0, print: said[0]?.print ?? "", columns };
    }
    return answers;
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
  const subjects = await Promise.all(
    users.map((user) => loadSubject(database(), user, Math.min(...instants.map(({ at }) => at)))),
  );
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
