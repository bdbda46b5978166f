import { type Kind, kinds } from "../population/filled-databases.ts";
import { uuidOf } from "../population/uuid-of.ts";
import type { Bench } from "./bench.ts";

/** As many as a server gets through in the slices of a command. */
const howMany: Record<Kind, number> = { console: 600, better_auth: 4000, floor: 12_000 };

export type Ids = Record<Kind, string[]>;

/** Users beside the population, for commands that can be done to a user only once. */
export async function addExpendable({ databases }: Bench): Promise<Ids> {
  const row = "'Expendable ' || n";
  const id = uuidOf("'expendable ' || n");
  const name = "'expendable' || n";
  const from = (kind: Kind) => `FROM generate_series(1, ${howMany[kind]}) n`;
  await databases.console.query(
    `WITH made AS (
      INSERT INTO users (id, username, username_key, email, email_key, name, search_text, created_at, updated_at)
      SELECT ${id}, ${name}, ${name}, ${name} || '@example.com', ${name} || '@example.com', ${row}, ${name}, now(), now()
      ${from("console")} ON CONFLICT DO NOTHING RETURNING id)
    INSERT INTO assignments (id, user_id, role_id, source, created_at)
    SELECT gen_random_uuid(), made.id, r.id, 'local', now() FROM made, roles r WHERE r.key = 'user'`,
  );
  await databases.better_auth.query(
    `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", role, banned)
    SELECT (${id})::text, ${row}, ${name} || '@example.com', true, now(), now(), 'user', false ${from("better_auth")} ON CONFLICT DO NOTHING`,
  );
  await databases.floor.query(
    `INSERT INTO users SELECT ${id}, ${name}, ${name} || '@example.com', ${row}, 'user', true, ${name}, '', now(), 'epoch'
    ${from("floor")} ON CONFLICT DO NOTHING`,
  );
  const ids: Partial<Ids> = {};
  for (const kind of kinds) {
    const text = `SELECT id::text FROM ${tables[kind]} WHERE email LIKE 'expendable%' ORDER BY email`;
    const { rows } = await databases[kind].query<{ id: string }>(text);
    ids[kind] = rows.map((one) => one.id);
  }
  return ids as Ids;
}

const tables: Record<Kind, string> = { console: "users", better_auth: '"user"', floor: "users" };

/** How many of those that something was done to are still there, or still active: a sentence for each server with any. */
export async function left({ databases }: Bench, done: Ids, what: "there" | "active"): Promise<string[]> {
  const active = (kind: Kind) => (kind === "better_auth" ? "NOT banned" : "active");
  const faults: string[] = [];
  for (const kind of kinds) {
    const condition = what === "active" ? active(kind) : "true";
    const { rows } = await databases[kind].query<{ count: number }>(
      `SELECT count(*)::int FROM ${tables[kind]} WHERE id::text = ANY($1) AND ${condition}`,
      [done[kind]],
    );
    if (rows[0]?.count !== 0)
      faults.push(`${kind}: ${rows[0]?.count} of ${done[kind].length} are still ${what}`);
  }
  return faults;
}
