import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";
import { roles } from "./endpoint.ts";

/** Who may connect: whoever has a password, and nobody without one. */
export const passwordsOnly = `# Written by Bailiwick at each start.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;

/** For a moment, while a superuser whose password is lost gets another: those who can open the socket, which is the account's. */
export const superuserFreely = `local all ${roles.superuser} trust\n${passwordsOnly}`;

/** Writes pg_hba.conf unless it says this already. The server reads it when it is told to. */
export async function writeHostRules(
  dataFolder: string,
  account: Account | undefined,
  rules: string,
): Promise<void> {
  const path = join(dataFolder, "pg_hba.conf");
  if ((await readFile(path, "utf8").catch(() => "")) === rules) return;
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  // Exclusive: nothing that lies there already is written through.
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(rules);
    if (account) await file.chown(account.uid, account.gid);
    await file.sync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
