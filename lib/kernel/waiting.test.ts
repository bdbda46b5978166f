import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { editRole } from "#lib/roles/index.ts";
import { endSessionsOf } from "#lib/sessions/index.ts";
import { createUser, listUsers, updateUser } from "#lib/users/index.ts";
import { databaseHealth } from "#server/health.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { product } from "./caller.ts";
import { database, lockAccess, shares, transaction } from "./database.ts";
import { env } from "./env.ts";
import { usual, withLimits } from "./limited-client.ts";
import { defineQuery, runCommand, runQuery } from "./operation.ts";

beforeAll(() => openInstallation("patchmon"));

const newcomer = (username: string, role: string) => ({
  username,
  email: `${username}@example.com`,
  password: "four quiet lamps by the sea",
  roles: [role],
});

test("whoever is deactivated while their request waits for the lock is refused", async () => {
  const leaving = await person({ roles: ["superadmin"] });
  const call = await callAs(leaving);
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      await tx.user.update({ where: { id: leaving.id }, data: { active: false } });
      await endSessionsOf(tx, leaving.id, "account deactivated", visitor());
    },
    () => runCommand(createUser, call, newcomer("accomplice", "superadmin")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "sign_in_required" } });
  expect(await database().user.count({ where: { username: "accomplice" } })).toBe(0);
});

test("whoever loses the right while their request waits for the lock is refused", async () => {
  const role = await customRole("clerks", ["can_view_users", "can_manage_users"]);
  const call = await callAs(await person({ roles: [role] }));
  const admin = await callAs(await person({ roles: ["superadmin"] }));
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      const input = {
        role,
        version: 1,
        confirmed: [],
        limit: [],
        addBases: [],
        removeBases: [],
        add: [],
        remove: ["can_manage_users"],
      };
      await editRole.run({ call: admin, actor: admin.actor, at: admin.at.getTime(), tx }, input, undefined);
    },
    () => runCommand(createUser, call, newcomer("too_late", "readonly")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "missing_capability" } });
  expect(await database().user.count({ where: { username: "too_late" } })).toBe(0);
});

test("whoever keeps their rights goes on after waiting", async () => {
  const target = await person({ roles: ["readonly"] });
  const call = await callAs(await person({ roles: ["superadmin"] }));
  const { second } = await overlap(
    (tx) => lockAccess(tx),
    () => runCommand(updateUser, call, { ...target, version: 1, roles: ["user"], active: true }),
  );
  expect(second).toMatchObject({ status: "fulfilled" });
});

test("what is taken away without ending a session counts after waiting too", async () => {
  const leaving = await person({ roles: ["superadmin"] });
  const call = await callAs(leaving);
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      await tx.assignment.deleteMany({ where: { userId: leaving.id } });
    },
    () => runCommand(createUser, call, newcomer("helped_late", "readonly")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "missing_capability" } });
});

describe("while another instance holds the lock", () => {
  const storm = 32;

  /** From the same person, who edits as many people. */
  async function edits() {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const people = [];
    for (let count = 0; count < storm; count += 1) people.push(await person({ roles: ["readonly"] }));
    return people.map(
      (one) => () => runCommand(updateUser, call, { ...one, version: 1, roles: ["user"], active: true }),
    );
  }

  async function whileHeld(work: () => Promise<void>) {
    const holder = new pg.Client({ connectionString: env().databaseUrl });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT pg_advisory_xact_lock(7318001)");
    await work().finally(() => holder.end());
  }

  test("few wait in PostgreSQL; pages and other writers go on; then everybody has their turn", async () => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const waiting = await edits();
    let results: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await whileHeld(async () => {
      results = Promise.allSettled(waiting.map((edit) => edit()));
      for (let count = 0; count < 20; count += 1) {
        await runQuery(listUsers, call, {});
        const key = `written meanwhile ${count}`;
        await transaction((tx) => tx.rateLimit.create({ data: { key, points: 1 } }), {
          turnOf: product(key),
        });
      }
      const { accessChanges } = shares(env().databasePoolSize);
      const waitingForLock = () => database().$queryRaw<unknown[]>`
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      // Each finds out on the way that it changes access, and begins anew.
      await expect.poll(async () => (await waitingForLock()).length).toBeGreaterThanOrEqual(accessChanges);
      expect(await waitingForLock()).toHaveLength(accessChanges);
    });
    expect((await results)?.map(({ status }) => status)).toEqual(Array(storm).fill("fulfilled"));
  });

  test("a change of a name waits for nobody; of two at once one is told", async () => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const one = await person({ roles: ["readonly"] });
    const input = { ...one, version: 1, roles: ["readonly"], active: true, confirmed: [] };
    await whileHeld(async () => {
      const both = await Promise.allSettled(
        ["Ada", "Grace"].map((givenName) => runCommand(updateUser, call, { ...input, givenName })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(both.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { reason: "edit_conflict" },
      });
    });
  });

  test("whoever waits too long is told to come back, and reads go on all the while", async () => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const waiting = (await edits()).slice(0, 4);
    await whileHeld(async () => {
      const results = withLimits({ ...usual, lock: 200 }, () =>
        Promise.allSettled(waiting.map((edit) => edit())),
      );
      await runQuery(listUsers, call, {});
      for (const result of await results)
        expect(result).toMatchObject({ reason: { code: "unavailable", reason: "database_locked" } });
    });
  });
});

/** A read that takes until somebody lets go of the lock of this number. */
const slowRead = defineQuery({
  name: "read slowly",
  needs: "system",
  input: z.object({ lock: z.number() }),
  run: ({ reader }, { lock }) => reader.$queryRaw<unknown[]>`SELECT pg_advisory_lock_shared(${lock})::text`,
});

test("the dear reads of one hold up nobody else: others read and write, and the instance is ready", async () => {
  const lock = 4711;
  const admin = await callAs(await person({ roles: ["superadmin"] }));
  const client = { ...visitor(), actor: { kind: "system", name: "greedy" } as const };
  const health = await databaseHealth();
  const holder = new pg.Client({ connectionString: env().databaseUrl });
  await holder.connect();
  await holder.query("SELECT pg_advisory_lock($1)", [lock]);
  const results = Promise.allSettled(Array.from({ length: 32 }, () => runQuery(slowRead, client, { lock })));
  for (let count = 0; count < 10; count += 1) {
    await runQuery(listUsers, admin, {});
    const key = `written beside dear reads ${count}`;
    await transaction((tx) => tx.rateLimit.create({ data: { key, points: 1 } }), { turnOf: product(key) });
  }
  expect(await health.ready()).toBe(true);
  const waiting = await database().$queryRaw<unknown[]>`
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ${lock}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  expect(waiting).toHaveLength(Math.ceil(shares(env().databasePoolSize).readers / 2));
  await holder.end();
  expect((await results).map(({ status }) => status)).toEqual(Array(32).fill("fulfilled"));
});

test.each([1, 2, 3, 5, 10, 100])("of %i connections nobody has all where there are two", (connections) => {
  const { readers, writers, accessChanges } = shares(connections);
  expect(accessChanges).toBeGreaterThan(0);
  expect(accessChanges).toBeLessThanOrEqual(writers);
  for (const share of [readers, writers]) expect(share).toBeLessThanOrEqual(Math.max(1, connections - 1));
});
