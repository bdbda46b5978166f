import { assignNewUser } from "#lib/assignments/index.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { product } from "#lib/kernel/caller.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { hashPassword } from "#lib/passwords/index.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { createRole } from "#lib/roles/index.ts";
import { loadActor, startSession } from "#lib/sessions/index.ts";
import { insertUser } from "#lib/users/index.ts";
import { nextInstant, nextNumber } from "./sequence.ts";

export { nextInstant, passTime } from "./sequence.ts";

export interface Person {
  id: string;
  username: string;
  email: string;
}

export const password = "a long walk by the harbour";
let passwordHash: Promise<string> | undefined;

/** Somebody with an account and `password`; `roles` are keys of the loaded catalogue. */
export async function person(
  given: { roles: string[] } & Partial<{
    username: string;
    email: string;
    givenName: string;
    familyName: string;
    active: boolean;
    createdAt: Date;
  }>,
): Promise<Person> {
  const { roles, active = true, createdAt: at = nextInstant(), ...named } = given;
  const username = given.username ?? `person${nextNumber("person")}`;
  const identity = { email: `${username}@example.com`, givenName: "", familyName: "", ...named, username };
  passwordHash ??= hashPassword(password, product("test"));
  const hash = await passwordHash;
  return database().$transaction(async (tx) => {
    const { id } = await insertUser(tx, identity, hash, at);
    const { actor } = systemCall("test");
    await assignNewUser(tx, { actor, at, userId: id, roles, source: "local" });
    if (!active) await tx.user.update({ where: { id }, data: { active } });
    return { id, username, email: identity.email };
  });
}

/** Nobody yet, from an address. */
export const visitor = (address = "192.0.2.1"): Call => ({
  actor: { kind: "anonymous" },
  door: "action",
  at: nextInstant(),
  address,
  agent: "a browser",
});

/** The same from a browser that keeps these secrets. */
export const visitorWith = (...browsers: string[]): Call => ({ ...visitor(), browsers });

/** A request of somebody who has just signed in. */
export async function callAs({ id }: { id: string }): Promise<Call> {
  return callWith(await signedIn({ id }));
}

/** Signs somebody in without their password; answers the session's token. */
export async function signedIn({ id }: { id: string }): Promise<string> {
  const { token } = await database().$transaction((tx) =>
    startSession(tx, visitor(), id, { method: "password" }),
  );
  return token;
}

/** The next request that comes with this session token. */
export async function callWith(token: string): Promise<Call> {
  const call = visitor();
  return { ...call, actor: await loadActor(token, call.at) };
}

/** A custom role with these permissions, made by somebody who may. */
export async function customRole(key: string, grants: string[]): Promise<string> {
  const { catalogue } = await currentPolicy(database());
  const call = await callAs(await person({ roles: catalogue.firstUserRoles }));
  await runCommand(createRole, call, { key, grants, confirmed: grants });
  return key;
}

/** The roles that somebody holds, as the database has them. */
export async function rolesOf({ id }: { id: string }): Promise<string[]> {
  const rows = await database().assignment.findMany({
    where: { userId: id },
    select: { role: { select: { key: true } } },
  });
  return rows.map(({ role }) => role.key).sort();
}
