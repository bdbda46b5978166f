import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { check } from "#lib/access/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { editRole } from "#lib/roles/index.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, person, signedIn } from "#test/people.ts";
import { currentPolicy, forgetPolicy, policyChanged } from "./load-policy.ts";

beforeAll(() => openInstallation());

const accessOf = ({ actor }: Call) => {
  if (actor.kind !== "user") throw new Error("Nobody is signed in.");
  return actor.access;
};
function held({ actor, at }: Call): string[] {
  if (actor.kind !== "user") return [];
  const { policy } = actor.access;
  return policy.keys.filter((key) => check(policy, actor.subject, key, at.getTime()) === "allow");
}

describe("the database behind the console's back", () => {
  test("P43: superadmin and admin hold theirs when the stored grants of every role are emptied", async () => {
    await customRole("custom", ["can_view_hosts"]);
    await database().$executeRaw`DELETE FROM grants`;
    await database().$executeRaw`UPDATE policy SET version = version + 1`;
    const keys = (await database().permission.findMany()).map(({ key }) => key);
    expect(held(await callAs(await person({ roles: ["superadmin"] }))).sort()).toEqual(keys.sort());
    expect(held(await callAs(await person({ roles: ["admin"] }))).sort()).toEqual(
      keys.filter((key) => key !== "can_manage_superusers").sort(),
    );
    for (const role of ["host_manager", "user", "readonly", "custom"])
      expect(held(await callAs(await person({ roles: [role] })))).toEqual([]);
  });

  test("P43: a grant slipped under admin does not give what admin is denied", async () => {
    await database().$executeRaw`
      INSERT INTO grants (role_id, permission_key) SELECT id, 'can_manage_superusers' FROM roles WHERE key = 'admin'`;
    await database().$executeRaw`UPDATE policy SET version = version + 1`;
    expect(held(await callAs(await person({ roles: ["admin"] })))).not.toContain("can_manage_superusers");
  });

  test("P44: every other role has what the database says at that request", async () => {
    const token = await signedIn(await person({ roles: ["readonly"] }));
    await database().$executeRaw`
      INSERT INTO grants (role_id, permission_key) SELECT id, 'can_view_users' FROM roles WHERE key = 'readonly'`;
    await database().$executeRaw`UPDATE policy SET version = version + 1`;
    expect(held(await callWith(token))).toEqual(["can_view_users"]);
  });
});

describe("compiled policies", () => {
  test("one serves every request until roles change, then another does", async () => {
    const token = await signedIn(await person({ roles: ["admin"] }));
    const first = accessOf(await callWith(token));
    expect(accessOf(await callWith(token))).toBe(first);
    const role = await customRole("one_more", []);
    const second = accessOf(await callWith(token));
    expect(second.policy).not.toBe(first.policy);
    expect(second.policy.roles.has(role)).toBe(true);
    expect(second.version).toBeGreaterThan(first.version);
  });

  test("a transaction sees its own change; when it is undone nobody else ever saw it", async () => {
    const token = await signedIn(await person({ roles: ["readonly"] }));
    const before = accessOf(await callWith(token));
    const undone = new Error("undone");
    const attempt = database().$transaction(async (tx) => {
      await lockAccess(tx);
      await tx.role.update({ where: { key: "readonly" }, data: { rank: 77 } });
      await policyChanged(tx);
      const seen = await currentPolicy(tx);
      expect(seen.policy.roles.get("readonly")?.rank).toBe(77);
      expect(accessOf(await callWith(token))).toBe(before);
      throw undone;
    });
    await expect(attempt).rejects.toBe(undone);
    expect(accessOf(await callWith(token))).toBe(before);
    expect(await currentPolicy(database())).toBe(before);
  });

  test("a transaction asks for it once, and again after a change and after the change was undone in part", async () => {
    const query = vi.spyOn(pg.Client.prototype, "query");
    const statements = async (work: () => Promise<unknown>) => {
      query.mockClear();
      await work();
      return query.mock.calls.length;
    };
    await database().$transaction(async (tx) => {
      await lockAccess(tx);
      const rank = async () => (await currentPolicy(tx)).policy.roles.get("readonly")?.rank;
      const before = await rank();
      expect(await statements(rank)).toBe(0);
      await tx.$executeRaw`SAVEPOINT part`;
      await tx.role.update({ where: { key: "readonly" }, data: { rank: 77 } });
      await policyChanged(tx);
      expect(await rank()).toBe(77);
      expect(await statements(rank)).toBe(0);
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT part`;
      forgetPolicy(tx);
      expect(await rank()).toBe(before);
    });
    expect(await statements(() => currentPolicy(database()))).toBe(1);
    query.mockRestore();
  });

  test("a process that just started and one that ran all along agree", async () => {
    const token = await signedIn(await person({ roles: ["readonly"] }));
    const other = await callAs(await person({ roles: ["superadmin"] }));
    const { version } = await database().role.findUniqueOrThrow({ where: { key: "readonly" } });
    await runCommand(editRole, other, { role: "readonly", version, add: ["can_view_hosts"] });
    const here = held(await callWith(token));
    expect(here).toContain("can_view_hosts");
    expect(await onAnotherInstance(async () => held(await callWith(token)))).toEqual(here);
  });
});
