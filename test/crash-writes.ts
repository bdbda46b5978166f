import pg from "pg";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { sendForm, serverActions } from "../e2e/forge.ts";

export interface Target {
  /** Of the console. */
  address: string;
  /** Of its database; it stays the same as long as the server's socket does. */
  databaseUrl: string;
}

const cookie = `bailiwick-session=${newSecretToken()}`;
let createUser = "";

/** An owner who is signed in, once: everything else goes through the console. */
export async function prepare({ databaseUrl }: Target): Promise<void> {
  createUser = (await serverActions()).get("createUserForm") ?? "";
  const token = Buffer.from(hashToken(cookie.split("=")[1] ?? "")).toString("hex");
  await query(
    databaseUrl,
    `WITH owner AS (
       INSERT INTO users (id, username, username_key, email, email_key, search_text, created_at, updated_at)
       VALUES (gen_random_uuid(), 'owner', 'owner', 'owner@example.com', 'owner@example.com', 'owner', now(), now())
       RETURNING id),
     held AS (
       INSERT INTO assignments (id, user_id, role_id, source, created_at)
       SELECT gen_random_uuid(), owner.id, roles.id, 'setup', now() FROM owner, roles WHERE roles.key = 'superadmin')
     INSERT INTO sessions (id, token_hash, user_id, method, created_at, proven_at, last_used_at, expires_at)
     SELECT gen_random_uuid(), '\\x${token}', id, 'password', now(), now(), now(), now() + interval '1 day' FROM owner`,
  );
}

/** Adds a user as an administrator's browser does. When this returns, the console has said that it is done. */
export async function write({ address }: Target, id: string): Promise<void> {
  const fields = {
    username: id,
    email: `${id}@example.com`,
    password: "four quiet lamps by the sea",
    roles: "user",
  };
  const form = { url: `${address}/settings/users`, action: createUser, fields: Object.entries(fields) };
  const { text } = await sendForm(form, { cookie });
  if (!text.includes("User created successfully")) throw new Error("not acknowledged");
}

/** What is there in the end: users with their role and their row in the trail, and users that lack one of these. */
export async function found({ databaseUrl }: Target): Promise<{ whole: string[]; half: string[] }> {
  const rows = await query(
    databaseUrl,
    `SELECT u.username,
       (SELECT count(*) FROM assignments a WHERE a.user_id = u.id) = 1
       AND (SELECT count(*) FROM audit_events e WHERE e.target_id = u.id::text AND e.action = 'add user') = 1 AS whole
     FROM users u WHERE u.username <> 'owner'`,
  );
  const named = (wanted: boolean) =>
    rows.filter(({ whole }) => whole === wanted).map(({ username }) => String(username));
  return { whole: named(true), half: named(false) };
}

async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    client.end().catch(() => undefined);
  }
}
