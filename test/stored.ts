import { database } from "#lib/kernel/database.ts";
import { Prisma } from "#prisma";

/** Refusals leave a row in the trail and use up turns; nothing else may change. */
const moving = new Set(["audit_events", "refusal_counters", "rate_limits", "_prisma_migrations"]);

/** A fingerprint of every table that a command can change. */
export async function stored(): Promise<Record<string, string>> {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`;
  const prints = tables
    .filter(({ name }) => !moving.has(name))
    .map(
      ({ name }) => `SELECT '${name}' AS name,
        md5(coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text, ',' ORDER BY t::text), '')) AS print FROM "${name}" t`,
    );
  const rows = await database().$queryRaw<{ name: string; print: string }[]>(
    Prisma.raw(prints.join(" UNION ALL ")),
  );
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
