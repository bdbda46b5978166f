import type pg from "pg";
import { bulkLoad } from "./bulk-load.ts";
import { layOutPeople } from "./people.ts";

const tables = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE users (id uuid PRIMARY KEY, username text NOT NULL, email text NOT NULL UNIQUE, name text NOT NULL,
  role text NOT NULL, active boolean NOT NULL, search text NOT NULL, password text NOT NULL, joined timestamptz NOT NULL,
  seen timestamptz NOT NULL, version int NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX users_username ON users (username);
CREATE INDEX users_role ON users (role, username);
CREATE INDEX users_seen ON users (seen, id);
CREATE INDEX users_search ON users USING gin (search gin_trgm_ops);
CREATE TABLE sessions (token text PRIMARY KEY, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, expires timestamptz NOT NULL);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), actor uuid NOT NULL,
  action text NOT NULL, target text NOT NULL)`;

/** Makes the floor's tables in an empty database and fills them with the same people. */
export async function fillFloor(
  client: pg.Client,
  count: number,
  at: Date,
  passwordHash: string,
): Promise<void> {
  await client.query(tables);
  await layOutPeople(client, count, at);
  await bulkLoad(client, ["users", "sessions"], async () => {
    await client.query(
      `INSERT INTO users SELECT id, username, email, name, role, active, lower(username || ' ' || email || ' ' || name), $1,
        joined, coalesce(seen, 'epoch') FROM people ORDER BY n`,
      [passwordHash],
    );
    await client.query(
      `INSERT INTO sessions SELECT 'session ' || n, id, $1::timestamptz + interval '7 days' FROM people WHERE n % 3 <> 0`,
      [at],
    );
  });
}
