import { beforeAll, expect, test } from "vitest";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { createUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, customRole, person, rolesOf, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { deleteRole } from "./delete-role.ts";
import { editRole } from "./edit-role.ts";
import { viewMatrix } from "./view-matrix.ts";

beforeAll(() => openInstallation());

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const exists = async (key: string) => (await database().role.count({ where: { key } })) === 1;

test("P21: a custom role is deleted with its grants, and the trail keeps what it was", async () => {
  const role = await customRole("passing", ["can_view_hosts"]);
  const { id } = await database().role.findUniqueOrThrow({ where: { key: role } });
  expect(await runCommand(deleteRole, await asAdmin(), { role, version: 1 })).toEqual({ key: role });
  expect([await exists(role), await database().grant.count({ where: { roleId: id } })]).toEqual([false, 0]);
  const event = await lastEvent();
  expect(event).toMatchObject({ action: "delete role", outcome: "done", targetId: id, targetName: role });
  const before = { key: role, label: "Passing", description: "", grants: ["can_view_hosts"] };
  expect([event.before, event.after]).toEqual([before, null]);
});

test.each(["superadmin", "admin", "host_manager", "user", "readonly"])(
  "P03, P21: %s is built in and stays, whoever asks; the matrix offers no way",
  async (role) => {
    const { version } = await database().role.findUniqueOrThrow({ where: { key: role } });
    const superadmin = await callAs(await person({ roles: ["superadmin"] }));
    const { message } = await refused(
      deleteRole,
      superadmin,
      { role, version },
      {
        code: "conflict",
        reason: "built_in_role",
      },
    );
    const { roles } = await runQuery(viewMatrix, superadmin, {});
    expect(roles.find(({ key }) => key === role)?.remove).toEqual({ allowed: false, why: message });
  },
);

test("P20: a role that any user holds, even an inactive one, is not deleted", async () => {
  const role = await customRole("held", []);
  const holder = await person({ roles: [role], active: false });
  const inUse = {
    code: "conflict",
    reason: "role_in_use",
    message:
      /^Cannot delete role: users are assigned to it\. 1 user holds held: give them another role first/,
  } as const;
  await refused(deleteRole, await asAdmin(), { role, version: 1 }, inUse);
  await database().user.delete({ where: { id: holder.id } });
  await runCommand(deleteRole, await asAdmin(), { role, version: 1 });
});

test("a role that somebody is just being given is not deleted under them", async () => {
  const role = await customRole("in_the_making", []);
  const [call, other] = [await callAs(await person({ roles: ["superadmin"] })), await asAdmin()];
  const names = { username: "arriving", email: "arriving@example.com", givenName: "", familyName: "" };
  const { first, second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      return createUser.run(
        { call, actor: call.actor, at: call.at.getTime(), tx },
        { ...names, password: "", roles: [role], confirmed: [] },
        "$argon2id$",
      );
    },
    () => runCommand(deleteRole, other, { role, version: 1 }),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "role_in_use" } });
  expect(await rolesOf(first.result)).toEqual([role]);
});

test("a role that another inherits is not deleted", async () => {
  const [base, heir] = [await customRole("base", []), await customRole("heir", [])];
  const idOf = async (key: string) => (await database().role.findUniqueOrThrow({ where: { key } })).id;
  await database().roleBase.create({ data: { roleId: await idOf(heir), baseId: await idOf(base) } });
  const inherited = {
    code: "conflict",
    reason: "role_inherited",
    message: /\bheir\b.*\bbase\b/,
  } as const;
  await refused(deleteRole, await asAdmin(), { role: base, version: 1 }, inherited);
  await runCommand(deleteRole, await asAdmin(), { role: heir, version: 1 });
  await runCommand(deleteRole, await asAdmin(), { role: base, version: 1 });
});

test("the default role for new users is not deleted, whether sign-up is on or off", async () => {
  const role = await customRole("newcomers", ["can_view_hosts"]);
  const isDefault = {
    code: "conflict",
    reason: "role_is_default",
  } as const;
  for (const enabled of [true, false]) {
    await runCommand(saveRegistration, await asAdmin(), { enabled, role });
    await refused(deleteRole, await asAdmin(), { role, version: 1 }, isDefault);
  }
  await runCommand(saveRegistration, await asAdmin(), { enabled: false, role: "user" });
  await runCommand(deleteRole, await asAdmin(), { role, version: 1 });
});

test("a role that somebody else changed meanwhile, or that is gone, is not deleted blindly", async () => {
  const role = await customRole("moving", []);
  await runCommand(editRole, await asAdmin(), { role, version: 1, add: ["can_view_hosts"] });
  await refused(
    deleteRole,
    await asAdmin(),
    { role, version: 1 },
    { code: "conflict", reason: "edit_conflict" },
  );
  const gone = { code: "not_found", reason: "role_not_found" } as const;
  await refused(deleteRole, await asAdmin(), { role: "long_gone", version: 1 }, gone);
});

test("whoever may not manage roles is refused before anything is looked at", async () => {
  const call = await callAs(await person({ roles: ["host_manager"] }));
  await refused(deleteRole, call, { role: 7 }, { code: "forbidden", reason: "missing_capability" });
  await refused(deleteRole, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
});

test("T09: a role that was held only until a time that has passed is held by nobody, and can be deleted", async () => {
  const role = await customRole("for_a_while", []);
  const holder = await person({ roles: [role] });
  const where = { userId: holder.id };
  const call = await asAdmin();
  await database().assignment.updateMany({
    where,
    data: { endsAt: new Date(call.at.getTime() + 3_600_000) },
  });
  await refused(deleteRole, call, { role, version: 1 }, { code: "conflict", reason: "role_in_use" });
  await database().assignment.updateMany({ where, data: { endsAt: call.at } });
  const shown = (await runQuery(viewMatrix, call, {})).roles.find(({ key }) => key === role);
  expect(shown?.people).toBe(0);
  await runCommand(deleteRole, call, { role, version: 1 });
  expect(await rolesOf(holder)).toEqual([]);
});
