import { beforeAll, describe, expect, test } from "vitest";
import { heldRowsOf } from "#lib/assignments/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database, lockAccess, type Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Claims, providersOf } from "#lib/providers/index.ts";
import type { Prisma } from "#prisma";
import { openInstallation } from "#test/installation.ts";
import { nextInstant } from "#test/people.ts";
import { type Dice, diceOf } from "#test/rules-model/dice.ts";
import { storeProvider } from "#test/sync.ts";
import { type SyncResult, syncRoles } from "./index.ts";

const people = 14;
const worlds = 15;
const call = systemCall("provisioning", nextInstant());
const hour = 3_600_000;
const after = (hours: number) => new Date(call.at.getTime() + hours * hour);

/** Rows as they are put into the database and read again, all by random. */
interface World {
  users: Prisma.UserCreateManyInput[];
  assignments: Prisma.AssignmentCreateManyInput[];
  identities: Prisma.IdentityCreateManyInput[];
  sessions: Prisma.SessionCreateManyInput[];
  claims: ReadonlyMap<string, Claims>;
}

/** Small enough for the last administrators to be among those who are synced, most of the time. */
function worldOf(dice: Dice, roles: readonly { id: string; key: string }[], single: boolean): World {
  const world: World & { claims: Map<string, Claims> } = {
    users: [],
    assignments: [],
    identities: [],
    sessions: [],
    claims: new Map(),
  };
  for (let index = 0; index < people; index += 1) {
    const [id, name] = [newId(), `synced${index}`];
    const at = { createdAt: call.at, updatedAt: call.at };
    world.users.push({
      ...{ id, username: name, usernameKey: name, email: `${name}@e.com`, emailKey: `${name}@e.com` },
      ...{
        searchText: "",
        active: dice.chance(0.85),
        passwordHash: dice.chance(0.6) ? "a hash" : null,
        ...at,
      },
      ...(dice.chance(0.2) && { roleExpression: "something" }),
    });
    // The first role of a catalogue is its strongest, so that many worlds hang on few administrators.
    const strongest = dice.chance(0.25) ? roles.slice(0, 1) : [];
    const held = single ? [strongest[0] ?? dice.pick(roles)] : [...strongest, ...dice.some(roles, 0.2)];
    for (const role of new Set(held)) {
      const limits = dice.pick([{}, {}, {}, {}, { endsAt: after(5) }, { startsAt: after(2) }]);
      const source = dice.pick(["local", "idp", "scim", "import"]);
      world.assignments.push({
        id: newId(),
        userId: id,
        roleId: role.id,
        source,
        createdAt: call.at,
        ...limits,
      });
    }
    for (const [source, ends] of [
      ["elevation", 3],
      ["local", -3],
    ] as const) {
      if (dice.chance(0.8)) continue;
      const more = { roleId: dice.pick(roles).id, source, endsAt: after(ends), createdAt: after(-9) };
      world.assignments.push({ id: newId(), userId: id, ...more });
    }
    const known = { provider: "company", issuer: "https://company.example.com", subject: id, claims: {} };
    if (dice.chance(0.7)) world.identities.push({ id: newId(), userId: id, createdAt: call.at, ...known });
    const session = { method: "password", createdAt: call.at, provenAt: call.at, lastUsedAt: call.at };
    if (dice.chance(0.6))
      world.sessions.push({
        id: newId(),
        userId: id,
        tokenHash: Buffer.from(id),
        expiresAt: after(9),
        ...session,
      });
    const groups = dice.some(
      roles.map(({ key }) => key),
      single ? 0.15 : 0.2,
    );
    world.claims.set(id, dice.chance(0.1) ? {} : { groups });
  }
  return world;
}

class RolledBack extends Error {}

/** What is there once everybody of the world is synced, so many at a time; the database is as it was before. */
async function synced(world: World, size: number) {
  let state: Awaited<ReturnType<typeof stateOf>> | undefined;
  const run = database().$transaction(async (tx) => {
    await lockAccess(tx);
    await tx.user.createMany({ data: world.users });
    await tx.assignment.createMany({ data: world.assignments });
    await tx.identity.createMany({ data: world.identities });
    await tx.session.createMany({ data: world.sessions });
    const results = new Map<string, SyncResult>();
    for (let from = 0; from < world.users.length; from += size)
      for (const [id, result] of await syncBatch(tx, world, world.users.slice(from, from + size)))
        results.set(id, result);
    state = await stateOf(tx, world, results);
    throw new RolledBack();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  if (!state) throw new Error("nothing was synced");
  return state;
}

async function syncBatch(tx: Tx, world: World, users: World["users"]) {
  const access = await currentPolicy(tx);
  const providers = await providersOf(tx, access);
  const [provider] = providers;
  if (!provider) throw new Error("there is a provider");
  const ids = users.map(({ id }) => id);
  const held = await heldRowsOf(tx, ids, call.at);
  const batch = users.map(({ id: userId, username }) => ({
    ...{ userId, username, claims: world.claims.get(userId) ?? {}, held: held.get(userId) ?? [] },
  }));
  return syncRoles(tx, call, { provider, providers, access, source: "scim" }, batch);
}

async function stateOf(tx: Tx, { users }: World, results: ReadonlyMap<string, SyncResult>) {
  const userId = { in: users.map(({ id }) => id) };
  const assignments = await tx.assignment.findMany({
    where: { userId },
    omit: { id: true },
    orderBy: [{ userId: "asc" }, { roleId: "asc" }, { source: "asc" }, { endsAt: "asc" }],
  });
  const events = await tx.auditEvent.findMany({
    where: { targetId: userId },
    // Of the row itself, and the same for no two.
    omit: { id: true, salt: true, content: true, hash: true },
    orderBy: { targetId: "asc" },
  });
  const sessions = await tx.session.findMany({ where: { userId }, orderBy: { id: "asc" } });
  const identities = await tx.identity.findMany({ where: { userId }, orderBy: { id: "asc" } });
  const rows = await tx.user.findMany({ where: { id: userId }, orderBy: { id: "asc" } });
  return { assignments, events, sessions, identities, rows, results };
}

describe.each(["patchmon", "uptrakit", "rudder"])("with the catalogue %s", (catalogue) => {
  beforeAll(() => openInstallation(catalogue));

  test("users who are synced together end as they would one after another, in every random world", async () => {
    const outcomes = new Set<string>();
    const access = await currentPolicy(database());
    const roles = await database().role.findMany({
      select: { id: true, key: true },
      orderBy: [{ rank: "desc" }, { position: "asc" }],
    });
    for (let seed = 0; seed < worlds; seed += 1) {
      const dice = diceOf(seed, roles.length);
      const ruled = dice.some(roles, 0.7);
      await storeProvider({ rules: ruled.map(({ key }) => ({ value: key, role: key })) });
      const world = worldOf(dice, roles, access.catalogue.assignment === "single");
      const ones = await synced(world, 1);
      for (const { outcome } of ones.results.values()) outcomes.add(outcome);
      for (const size of [people, 5]) expect(await synced(world, size), `seed ${seed}`).toEqual(ones);
    }
    expect([...outcomes].sort()).toEqual(["changed", "claim_missing", "last_holder", "unchanged"]);
  }, 120_000);
});
