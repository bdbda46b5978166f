import type pg from "pg";
import { bulkLoad } from "./bulk-load.ts";
import { rareRole } from "./markers.ts";
import { layOutPeople } from "./people.ts";
import { uuidOf } from "./uuid-of.ts";

const tables = [
  "users",
  "assignments",
  "sessions",
  "organizations",
  "teams",
  "organization_members",
  "team_members",
];

/**
 * Fills a database of the console that has the roles of its catalogue and no users yet: people with one role each, every tenth with a second one for a
 * time, an organization of three teams for every 500 people with half of all people in them, and two sessions for
 * three people, half of them live.
 */
export async function fillConsole(
  client: pg.Client,
  count: number,
  at: Date,
  passwordHash: string | null,
): Promise<void> {
  await layOutPeople(client, count, at);
  await addRareRole(client, at);
  const organizations = Math.max(4, Math.round(count / 500));
  await bulkLoad(client, tables, async () => {
    await client.query(
      `INSERT INTO users (id, username, username_key, email, email_key, name, given_name, family_name, search_text,
        password_hash, active, created_at, updated_at, last_sign_in_at)
      SELECT id, username, username, email, email, name, given, family,
        lower(username || ' ' || email || ' ' || name), $1, active, joined, joined, seen
      FROM people ORDER BY n`,
      [passwordHash],
    );
    await client.query(
      `INSERT INTO assignments (id, user_id, role_id, source, created_at, ends_at)
      SELECT ${uuidOf("'assignment ' || n")}, p.id, r.id, 'local', joined, NULL
      FROM people p JOIN roles r ON r.key = p.role
      UNION ALL
      SELECT ${uuidOf("'second assignment ' || n")}, p.id, r.id, 'elevation', $1, $1::timestamptz + interval '30 days'
      FROM people p JOIN roles r ON r.key = CASE p.role WHEN 'user' THEN 'host_manager' ELSE 'user' END
      WHERE n % 10 = 3 AND n > 8`,
      [at],
    );
    await client.query(
      `INSERT INTO sessions (id, token_hash, user_id, method, address, agent, created_at, proven_at, last_used_at,
        expires_at, ended_at, ended_why)
      SELECT ${uuidOf("'session ' || n")}, sha256(('session ' || n)::bytea), id, 'password',
        '192.0.2.' || n % 256, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36',
        since, since, since, since + interval '30 days',
        CASE WHEN live THEN NULL ELSE since + interval '3 hours' END, CASE WHEN live THEN NULL ELSE 'signed_out' END
      FROM (SELECT n, id, active AND n % 2 = 0 AS live,
          date_trunc('milliseconds', $1::timestamptz - CASE WHEN active AND n % 2 = 0
            THEN (n % 5399) * interval '2 seconds' ELSE interval '12 hours' + (n % 977) * interval '1 hour' END) AS since
        FROM people WHERE n % 3 <> 0) signed_in`,
      [at],
    );
    await client.query(
      `INSERT INTO organizations (id, name, name_key, created_at, updated_at)
      SELECT ${uuidOf("'organization ' || o")}, 'Organization ' || o, 'organization ' || o, $2, $2
      FROM generate_series(1, $1::int) o`,
      [organizations, at],
    );
    await client.query(
      `INSERT INTO teams (id, organization_id, name, name_key, created_at, updated_at)
      SELECT ${uuidOf("'team ' || o || ' ' || t")}, ${uuidOf("'organization ' || o")}, 'Team ' || t, 'team ' || t, $2, $2
      FROM generate_series(1, $1::int) o, generate_series(1, 3) t`,
      [organizations, at],
    );
    const member = `SELECT id, ${uuidOf("'organization ' || 1 + n / 2 % $1::int")} AS organization,
      ${uuidOf("'team ' || 1 + n / 2 % $1::int || ' ' || 1 + n % 3")} AS team, n FROM people WHERE n % 2 = 0`;
    await client.query(
      `INSERT INTO organization_members (organization_id, user_id, created_at)
      SELECT organization, id, $2 FROM (${member}) m`,
      [organizations, at],
    );
    await client.query(
      `INSERT INTO team_members (team_id, user_id, organization_id, created_at)
      SELECT team, id, organization, $2 FROM (${member}) m WHERE n % 4 = 0`,
      [organizations, at],
    );
  });
}

/** One that an administrator made, beside those of the catalogue. */
async function addRareRole(client: pg.Client, at: Date): Promise<void> {
  await client.query(
    `WITH made AS (
      INSERT INTO roles (id, key, label, rank, created_at, updated_at)
      VALUES (${uuidOf("$1")}, $1, 'Night watch', 30, $2, $2) RETURNING id)
    INSERT INTO grants (role_id, permission_key) SELECT id, 'can_view_hosts' FROM made`,
    [rareRole, at],
  );
}
