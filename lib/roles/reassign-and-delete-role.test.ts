import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, person, rolesOf, signedIn, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { reassignAndDeleteRole } from "./reassign-and-delete-role.ts";
import { viewRoleRemoval } from "./view-role-removal.ts";

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const idOf = async (key: string) => (await database().role.findUniqueOrThrow({ where: { key } })).id;
const exists = async (key: string) => (await database().role.count({ where: { key } })) === 1;

/** Many at once, as no test could afford to make them one by one. */
async function crowd(size: number, role: string): Promise<void> {
  await database().$executeRaw`
    WITH made AS (
      INSERT INTO users (id, username, username_key, email, email_key, search_text, created_at, updated_at)
      SELECT gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', name, now(), now()
      FROM (SELECT ${role} || '_' || n AS name FROM generate_series(1, ${size}::int) n) names
      RETURNING id)
    INSERT INTO assignments (id, user_id, role_id, source, created_at)
    SELECT gen_random_uuid(), made.id, ${await idOf(role)}::uuid, 'local', now() FROM made`;
}

describe("with one role for each (PatchMon)", () => {
  beforeAll(() => openInstallation());

  test("P20: the answer to a role in use offers to reassign: holders get the other role, and it goes", async () => {
    const role = await customRole("going", ["can_view_hosts"]);
    const [one, two] = [await person({ roles: [role] }), await person({ roles: [role], active: false })];
    const token = await signedIn(one);
    const call = await asAdmin();
    const offer = await runQuery(viewRoleRemoval, call, { role });
    expect(offer).toMatchObject({ people: 2, names: [one.username, two.username], version: 1 });
    expect(offer.choices.map(({ key }) => key)).not.toContain(role);
    expect(offer.takeAwayWhy).toEqual(expect.any(String));

    const done = await runCommand(reassignAndDeleteRole, call, { role, version: 1, replacement: "readonly" });
    expect(done).toEqual({ key: role, people: 2, sessionsEnded: 1 });
    expect([await rolesOf(one), await rolesOf(two), await exists(role)]).toEqual([
      ["readonly"],
      ["readonly"],
      false,
    ]);
    expect((await callWith(token)).actor.kind).toBe("anonymous");
    const rows = await database().auditEvent.findMany({ where: { action: "reassign and delete role" } });
    const about = (id: string) => rows.find(({ targetId }) => targetId === id);
    expect(rows).toHaveLength(3);
    for (const { id, username } of [one, two])
      expect(about(id)).toMatchObject({
        targetName: username,
        before: { roles: [role] },
        after: { roles: ["readonly"] },
      });
    expect(rows.find(({ targetKind }) => targetKind === "role")).toMatchObject({
      targetName: role,
      before: { key: role, grants: ["can_view_hosts"] },
      after: { people: 2, sessionsEnded: 1, replacement: "readonly" },
    });
  });

  test("an assignment keeps its end, and an open form of its user is out of date", async () => {
    const role = await customRole("timed", []);
    const holder = await person({ roles: [role] });
    const endsAt = new Date("2027-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: { userId: holder.id }, data: { endsAt } });
    const call = await asAdmin();
    await runCommand(reassignAndDeleteRole, call, { role, version: 1, replacement: "user" });
    const held = await database().assignment.findMany({ where: { userId: holder.id } });
    expect(held).toMatchObject([{ endsAt, source: "local" }]);
    expect(await database().user.findUnique({ where: { id: holder.id } })).toMatchObject({ version: 2 });
  });

  test("without a role instead it is refused, beside the field", async () => {
    const role = await customRole("needed", []);
    await person({ roles: [role] });
    const input = { role, version: 1, replacement: "" };
    const single = { code: "invalid", reason: "single_role" } as const;
    const { fields } = await refused(reassignAndDeleteRole, await asAdmin(), input, single);
    expect(Object.keys(fields)).toEqual(["replacement"]);
    const same = { code: "invalid", reason: "same_role" } as const;
    await refused(reassignAndDeleteRole, await asAdmin(), { ...input, replacement: role }, same);
    const gone = { code: "invalid", reason: "role_not_found" } as const;
    await refused(reassignAndDeleteRole, await asAdmin(), { ...input, replacement: "fiction" }, gone);
  });

  test("the rules of giving hold: own role, guarded, rank of each holder, who blocks is named", async () => {
    const admin = await person({ roles: ["admin"] });
    const role = await customRole("ruled", []);
    const input = { role, version: 1, replacement: "user" };
    await person({ roles: [role] });
    const guarded = { code: "forbidden", reason: "guarded_role" } as const;
    await refused(reassignAndDeleteRole, await callAs(admin), { ...input, replacement: "admin" }, guarded);

    const boss = await person({ roles: ["superadmin"], username: "the_boss" });
    const roleId = await idOf(role);
    const give = (userId: string) =>
      database().assignment.create({
        data: { id: crypto.randomUUID(), userId, roleId, source: "local", createdAt: new Date() },
      });
    const second = await give(boss.id);
    const above = { code: "forbidden", reason: "rank", message: /\bthe_boss\b/ } as const;
    const { message } = await refused(reassignAndDeleteRole, await callAs(admin), input, above);
    expect((await runQuery(viewRoleRemoval, await callAs(admin), { role })).why).toBe(message);
    await database().assignment.delete({ where: { id: second.id } });

    await give(admin.id);
    const own = { code: "conflict", reason: "own_role" } as const;
    await refused(reassignAndDeleteRole, await callAs(admin), input, own);
  });

  test("a keeper of roles who may not manage users cannot move anybody, nor see who they are", async () => {
    const role = await customRole("out_of_reach", []);
    await person({ roles: [role] });
    const keeper = await customRole("keeper_of_roles", ["can_manage_settings"]);
    const call = await callAs(await person({ roles: [keeper] }));
    const input = { role, version: 1, replacement: "user" };
    const missing = { code: "forbidden", reason: "missing_capability" } as const;
    const { message } = await refused(reassignAndDeleteRole, call, input, missing);
    const seen = await runQuery(viewRoleRemoval, call, { role });
    expect(seen).toMatchObject({ people: 1, names: [], mayView: false, why: message });
    expect(seen.takeAwayWhy).toBeUndefined();
    const nobody = { code: "unauthenticated", reason: "sign_in_required" } as const;
    await refused(reassignAndDeleteRole, visitor(), {}, nobody);
  });

  test("escalation: nobody moves people into a role that gives more than they hold", async () => {
    const [small, big] = [await customRole("small", []), await customRole("big", ["can_manage_docker"])];
    const helper = await customRole("helper", ["can_manage_users", "can_manage_settings"]);
    await person({ roles: [small] });
    const input = { role: small, version: 1, replacement: big };
    const call = await callAs(await person({ roles: [helper] }));
    const more = { code: "forbidden", reason: "escalation", message: /can_manage_docker/ } as const;
    await refused(reassignAndDeleteRole, call, input, more);
  });

  test("the default role stays, and so does one that was changed meanwhile; nobody is moved", async () => {
    const role = await customRole("landing", []);
    const holder = await person({ roles: [role] });
    const call = await asAdmin();
    await runCommand(saveRegistration, call, { enabled: false, role });
    const input = { role, version: 1, replacement: "user" };
    const stays = { code: "conflict", reason: "role_is_default" } as const;
    await refused(reassignAndDeleteRole, call, input, stays);
    await runCommand(saveRegistration, call, { enabled: false, role: "user" });
    const changed = { code: "conflict", reason: "edit_conflict" } as const;
    await refused(reassignAndDeleteRole, call, { ...input, version: 7 }, changed);
    expect(await rolesOf(holder)).toEqual([role]);
    await refused(
      reassignAndDeleteRole,
      call,
      { ...input, role: "user", replacement: "readonly" },
      {
        code: "conflict",
        reason: "built_in_role",
      },
    );
  });

  test("of two at once one moves everybody and the other finds the role gone", async () => {
    const role = await customRole("contested", []);
    const holder = await person({ roles: [role] });
    const calls = [await asAdmin(), await asAdmin()];
    const results = await Promise.allSettled(
      calls.map((call, index) =>
        runCommand(reassignAndDeleteRole, call, {
          role,
          version: 1,
          replacement: ["user", "readonly"][index],
        }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rolesOf(holder)).toHaveLength(1);
  });

  test("a thousand holders take as many statements as one", async () => {
    const query = vi.spyOn(pg.Client.prototype, "query");
    const counted = async (role: string, size: number) => {
      await crowd(size, await customRole(role, []));
      const call = await asAdmin();
      query.mockClear();
      const done = await runCommand(reassignAndDeleteRole, call, { role, version: 1, replacement: "user" });
      expect(done.people).toBe(size);
      return query.mock.calls.length;
    };
    const few = await counted("few", 1);
    const many = await counted("many", 1000);
    query.mockRestore();
    expect(many).toBeLessThanOrEqual(few + 2);
    const moved = { role: { key: "user" }, user: { username: { startsWith: "many_" } } };
    expect(await database().assignment.count({ where: moved })).toBe(1000);
    const rows = { action: "reassign and delete role", targetName: { startsWith: "many_" } };
    expect(await database().auditEvent.count({ where: rows })).toBe(1000);
  }, 30_000);
});

describe("with several roles for each (UTMStack)", () => {
  beforeAll(() => openInstallation("utmstack"));
  const asOwner = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));

  test("P20: it is just taken away from those who hold others, and refused while one holds nothing else", async () => {
    const role = await customRole("extra", []);
    const both = await person({ roles: [role, "VIEWER"] });
    const bare = await person({ roles: [role], username: "bare_one" });
    const call = await asOwner();
    const input = { role, version: 1 };
    const last = { code: "invalid", reason: "last_role", message: /\bbare_one\b/ } as const;
    await refused(reassignAndDeleteRole, call, input, last);
    expect((await runQuery(viewRoleRemoval, call, { role })).takeAwayWhy).toMatch(/bare_one/);
    await database().user.delete({ where: { id: bare.id } });
    await runCommand(reassignAndDeleteRole, call, input);
    expect([await rolesOf(both), await exists(role)]).toEqual([["VIEWER"], false]);
    expect((await lastEvent()).action).toBe("reassign and delete role");
  });

  test("whoever holds the other role already holds it once", async () => {
    const role = await customRole("doubled", []);
    const [both, only] = [await person({ roles: [role, "VIEWER"] }), await person({ roles: [role] })];
    await runCommand(reassignAndDeleteRole, await asOwner(), { role, version: 1, replacement: "VIEWER" });
    expect([await rolesOf(both), await rolesOf(only)]).toEqual([["VIEWER"], ["VIEWER"]]);
  });

  test("whoever held the other role until lately does not hold it, and gets it", async () => {
    const role = await customRole("followed", []);
    const holder = await person({ roles: [role, "VIEWER"] });
    const former = { userId: holder.id, role: { key: "VIEWER" } };
    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: former, data: { endsAt } });
    await runCommand(reassignAndDeleteRole, await asOwner(), { role, version: 1, replacement: "VIEWER" });
    expect(await database().assignment.count({ where: { ...former, endsAt: null } })).toBe(1);
  });

  test("P20: whoever held others until lately holds nothing else", async () => {
    const role = await customRole("alone", []);
    const holder = await person({ roles: [role, "VIEWER"], username: "left_alone" });
    const former = { userId: holder.id, role: { key: "VIEWER" } };
    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: former, data: { endsAt } });
    const call = await asOwner();
    const last = { code: "invalid", reason: "last_role", message: /\bleft_alone\b/ } as const;
    await refused(reassignAndDeleteRole, call, { role, version: 1 }, last);
    expect((await runQuery(viewRoleRemoval, call, { role })).takeAwayWhy).toMatch(/left_alone/);
  });

  test("whoever held the role until lately keeps their sessions: nothing of theirs changes", async () => {
    const role = await customRole("lately", []);
    const former = await person({ roles: [role, "VIEWER"] });
    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({
      where: { userId: former.id, role: { key: role } },
      data: { endsAt },
    });
    const token = await signedIn(former);
    const done = await runCommand(reassignAndDeleteRole, await asOwner(), { role, version: 1 });
    expect(done).toMatchObject({ people: 0, sessionsEnded: 0 });
    expect((await callWith(token)).actor.kind).toBe("user");
  });

  test("lockout: the last who manages users for good is not moved away", async () => {
    const role = await customRole("managers", ["manage_users", "manage_roles"]);
    await database().assignment.deleteMany({});
    const remote = await person({ roles: ["ADMINISTRATOR"] });
    await database().user.update({ where: { id: remote.id }, data: { passwordHash: null } });
    const last = await person({ roles: [role] });
    const call = await callAs(remote);
    const input = { role, version: 1, replacement: "VIEWER" };
    const lockout = { code: "conflict", reason: "last_holder" } as const;
    await refused(reassignAndDeleteRole, call, input, lockout);
    expect(await rolesOf(last)).toEqual([role]);
    await person({ roles: ["ADMINISTRATOR"] });
    await runCommand(reassignAndDeleteRole, call, input);
  });
});
