import { places, spelledPlainly } from "#lib/demo/names.ts";
import { database } from "#lib/kernel/database.ts";
import { customRole } from "#test/people.ts";

const given = places.flatMap((place) => place.given).map(spelledPlainly);
const family = places.flatMap((place) => place.family).map(spelledPlainly);

/** One person in a thousand has it in their name. */
export const rareWord = "quackenbush";
/** One person in a hundred or so. */
export const commonWord = family[0] as string;
/** One in a hundred, all of them at the end of the alphabet. */
export const lateWord = "zzyta";
/** Everybody. */
export const everywhere = "example.com";
export const rareRole = "night_watch";

/** So many people with names, sign-ins and one role each, written by the database itself. */
export async function populate(count: number): Promise<void> {
  await customRole(rareRole, ["can_view_hosts"]);
  await database().$executeRaw`
    WITH drawn AS (
      SELECT n,
        ${given}::text[] AS given, ${family}::text[] AS family,
        ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS g, ('x' || substr(md5(n::text), 8, 7))::bit(28)::int AS f,
        now() - (n % 700) * interval '1 day' - (n % 1439) * interval '1 minute' AS joined
      FROM generate_series(1, ${count}) n),
    named AS (
      SELECT n, joined, CASE WHEN n % 100 = 50 THEN ${lateWord} ELSE given[1 + g % cardinality(given)] END AS first,
        CASE WHEN n % 1000 = 7 THEN ${rareWord} ELSE family[1 + f % cardinality(family)] END AS last FROM drawn),
    spelled AS (
      SELECT n, joined, first, last, first || '.' || last || n AS username,
        first || '.' || last || n || '@example.com' AS email, initcap(first || ' ' || last) AS name FROM named)
    INSERT INTO users (id, username, username_key, email, email_key, name, given_name, family_name, search_text,
      active, created_at, updated_at, last_sign_in_at)
    SELECT gen_random_uuid(), username, username, email, email, name, initcap(first), initcap(last),
      lower(username || ' ' || email || ' ' || name), n % 12 <> 0, joined, joined,
      CASE WHEN n % 9 <> 0 THEN joined + (now() - joined) * ((n % 97) / 97.0) END
    FROM spelled`;
  await database().$executeRaw`
    INSERT INTO assignments (id, user_id, role_id, source, created_at)
    SELECT gen_random_uuid(), u.id, r.id, 'local', u.created_at
    FROM (SELECT id, created_at, row_number() OVER (ORDER BY id) AS n FROM users
      WHERE NOT EXISTS (SELECT 1 FROM assignments a WHERE a.user_id = users.id)) u
    JOIN roles r ON r.key = CASE WHEN u.n % 500 = 3 THEN ${rareRole} WHEN u.n % 8 = 0 THEN 'host_manager'
      WHEN u.n % 3 = 0 THEN 'readonly' ELSE 'user' END`;
  // As autovacuum leaves a table that people worked with for a while.
  for (const table of ["users", "assignments", "roles"]) await vacuum(table);
}

async function vacuum(table: string): Promise<void> {
  await database().$executeRawUnsafe(`VACUUM (ANALYZE) ${table}`);
}
