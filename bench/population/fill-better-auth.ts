import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import type pg from "pg";
import { bulkLoad } from "./bulk-load.ts";
import { password } from "./markers.ts";
import { layOutPeople } from "./people.ts";

/** Fills a database in which Better Auth has made its tables with the same people. */
export async function fillBetterAuth(client: pg.Client, count: number, at: Date): Promise<void> {
  await layOutPeople(client, count, at);
  const hash = await scryptHash();
  await bulkLoad(client, ['"user"', "account", "session"], async () => {
    await client.query(
      `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", role, banned)
      SELECT id::text, name, email, true, joined, joined,
        CASE WHEN role = 'superadmin' THEN 'admin' ELSE role END, NOT active FROM people ORDER BY n`,
    );
    await client.query(
      `INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
      SELECT md5('account ' || n), id::text, 'credential', id::text, $1, joined, joined FROM people`,
      [hash],
    );
    await client.query(
      `INSERT INTO session (id, "expiresAt", token, "createdAt", "updatedAt", "ipAddress", "userAgent", "userId")
      SELECT md5('session ' || n), $1::timestamptz + CASE WHEN active AND n % 2 = 0 THEN interval '7 days' ELSE interval '-1 hour' END,
        encode(sha256(('session ' || n)::bytea), 'hex'), $1::timestamptz - interval '1 hour', $1::timestamptz - interval '1 hour',
        '192.0.2.' || n % 256, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36', id::text
      FROM people WHERE n % 3 <> 0`,
      [at],
    );
  });
}

/** As Better Auth stores passwords by default. */
async function scryptHash(): Promise<string> {
  const salt = randomBytes(16).toString("hex");
  const derive = promisify<string, string, number, object, Buffer>(scrypt);
  const key = await derive(password, salt, 64, { N: 16384, r: 16, p: 1, maxmem: 128 * 16384 * 16 * 2 });
  return `${salt}:${key.toString("hex")}`;
}
