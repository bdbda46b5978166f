import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { createRole, editRole, reassignAndDeleteRole, roleChoices, viewMatrix } from "#lib/roles/index.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { createUser, listUsers, updateUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person, rolesOf } from "#test/people.ts";
import { type Expected, refused } from "#test/trail.ts";

/** Refused beside the tick, by the labels of what was not confirmed. */
const asked = (...labels: string[]): Expected => ({
  code: "invalid",
  reason: "confirmation_required",
  fields: { confirmed: [`Dangerous: confirm that you mean to give ${labels.join(", ")}.`] },
});
let count = 0;
const newcomer = (...roles: string[]) => ({
  username: `risky${++count}`,
  email: `risky${count}@example.com`,
  password: "seven green bottles of ink",
  roles,
});
const edit = async ({ id, email }: { id: string; email: string }, roles: string[], more: object = {}) => {
  const { version } = await database().user.findUniqueOrThrow({ where: { id } });
  return { id, email, version, active: true, roles, ...more };
};

describe("with the Uptrakit catalogue", () => {
  beforeAll(() => openInstallation("uptrakit"));
  const asOwner = async () => callAs(await person({ roles: ["settings_manager"] }));
  const risky = ["command_manager", "system_administrator"];

  test("U14: what amounts to root and to infrastructure control is marked in every choice, list and matrix", async () => {
    const call = await asOwner();
    const choices = await runQuery(roleChoices, call, {});
    const dangerOf = (key: string) => choices.find((one) => one.key === key)?.danger;
    expect(dangerOf("command_manager")).toMatch(/^Manage commands: /);
    expect(dangerOf("system_administrator")).toContain("Manage global settings");
    expect(dangerOf("viewer")).toBeUndefined();
    const { roles } = await runQuery(viewMatrix, call, {});
    for (const key of risky) expect(roles.find((role) => role.key === key)?.dangerous).toBe(true);
    const holder = await person({ roles: ["command_manager", "viewer"] });
    const { rows } = await runQuery(listUsers, call, { q: holder.username });
    expect(rows[0]?.roles.filter(({ dangerous }) => dangerous).map(({ key }) => key)).toEqual([
      "command_manager",
    ]);
  });

  test.each(risky)(
    "U14: giving %s is confirmed by name, to a new user and to one who is there",
    async (role) => {
      const call = await asOwner();
      const label = (await database().role.findUniqueOrThrow({ where: { key: role } })).label;
      const input = newcomer("viewer", role);
      await refused(createUser, call, input, asked(label));
      await refused(createUser, call, { ...input, confirmed: ["viewer"] }, asked(label));
      const { id } = await runCommand(createUser, call, { ...input, confirmed: [role] });
      expect(await rolesOf({ id })).toEqual([role, "viewer"].sort());

      const jane = await person({ roles: ["viewer"] });
      await refused(updateUser, call, await edit(jane, ["viewer", role]), asked(label));
      await runCommand(updateUser, call, await edit(jane, ["viewer", role], { confirmed: [role] }));
      // What is held already is not asked about again, nor is taking it away.
      await runCommand(updateUser, call, await edit(jane, ["viewer", role, "operator"]));
      await runCommand(updateUser, call, await edit(jane, ["viewer"]));
    },
  );

  test("U14: a dangerous default for new users is confirmed, and again when sign-up opens with it", async () => {
    const call = await asOwner();
    const wanted = { enabled: false, role: "command_manager" };
    await refused(saveRegistration, call, wanted, asked("Command manager"));
    const confirmed = ["command_manager"];
    expect(await runCommand(saveRegistration, call, { ...wanted, confirmed })).toEqual(wanted);
    await runCommand(saveRegistration, call, wanted);
    await refused(saveRegistration, call, { ...wanted, enabled: true }, asked("Command manager"));
  });
});

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());
  const asOwner = async () => callAs(await person({ roles: ["superadmin"] }));

  test("a superuser role is dangerous, whether it is marked or not", async () => {
    const call = await asOwner();
    await refused(createUser, call, newcomer("superadmin"), asked("Super Admin"));
    await runCommand(createUser, call, { ...newcomer("superadmin"), confirmed: ["superadmin"] });
    const danger = (await runQuery(roleChoices, call, {})).find(({ key }) => key === "superadmin")?.danger;
    expect(danger).toMatch(/every permission/);
  });

  test("a dangerous permission is confirmed when it is put into a role, and the role when it is given", async () => {
    const call = await asOwner();
    const key = "can_manage_superusers";
    const input = { key: "deputies", grants: ["can_view_hosts", key] };
    await refused(createRole, call, input, asked("Manage Superusers"));
    await runCommand(createRole, call, { ...input, confirmed: [key] });
    await refused(createUser, call, newcomer("deputies"), asked("Deputies"));

    const role = await customRole("harmless", []);
    const add = { role, version: 1, add: [key] };
    await refused(editRole, call, add, asked("Manage Superusers"));
    await refused(editRole, call, { ...add, confirmed: ["can_view_hosts"] }, asked("Manage Superusers"));
    await runCommand(editRole, call, { ...add, confirmed: [key] });
    await runCommand(editRole, call, { role, version: 2, add: ["can_view_hosts"] });
  });

  test("a dangerous role for the holders of one that is deleted is confirmed, too", async () => {
    const role = await customRole("rising", []);
    const holder = await person({ roles: [role] });
    const input = { role, version: 1, replacement: "admin" };
    await refused(reassignAndDeleteRole, await asOwner(), input, asked("Admin"));
    await runCommand(reassignAndDeleteRole, await asOwner(), { ...input, confirmed: ["admin"] });
    expect(await rolesOf(holder)).toEqual(["admin"]);
  });
});
