import { database } from "#lib/kernel/database.ts";
import { customRole, type Person, password, person, rolesOf } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { expect, test } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";
import type { Installation } from "./installation.ts";
import { cookieOf } from "./session.ts";

type Fields = Record<string, string | string[]>;

/** Sends an action by hand, as somebody who may use it in other cases. */
async function send(installation: Installation, who: Person, name: string, fields: Fields): Promise<string> {
  const action = (await serverActions()).get(name) ?? "";
  const page = name.includes("Role") ? "/settings/roles" : "/settings/users";
  const form = { url: installation.address + page, action, fields: [] };
  return (await sendForm(form, { cookie: await cookieOf(who), fields })).text;
}

/** It has to be refused in these words, and nothing may have changed. */
async function refused(
  installation: Installation,
  who: Person,
  name: string,
  fields: Fields,
  words: string,
): Promise<void> {
  await cookieOf(who);
  const before = await withoutSessions();
  expect(await send(installation, who, name, fields)).toContain(words);
  expect(await withoutSessions()).toEqual(before);
}

/** The request itself needs a session, and leaves a browser that is known. */
async function withoutSessions() {
  const { sessions: _, known_browsers: _browsers, ...rest } = await stored();
  return rest;
}

const versionOf = async (key: string) =>
  String((await database().role.findUniqueOrThrow({ where: { key } })).version);
const edit = (target: Person, fields: Fields): Fields => ({
  id: target.id,
  email: target.email,
  givenName: "",
  familyName: "",
  active: "on",
  version: "1",
  ...fields,
});
const newcomer = (fields: Fields): Fields => ({
  username: "newcomer",
  email: "newcomer@example.com",
  password,
  ...fields,
});

test("a locked role is not edited, whatever is sent (P04)", async ({ installation, owner }) => {
  for (const role of ["superadmin", "admin", "user"]) {
    const fields = { role, version: await versionOf(role), add: "can_view_users" };
    await refused(installation, owner, "editRoleForm", fields, "Cannot modify built-in role permissions");
  }
});

test("a built-in role is not deleted, whatever is sent (P03)", async ({ installation, owner }) => {
  for (const role of ["superadmin", "admin", "host_manager", "user", "readonly"]) {
    const fields = { role, version: await versionOf(role) };
    await refused(installation, owner, "deleteRoleForm", fields, "Cannot delete built-in role");
  }
});

test("a user gets exactly one role, however many are sent (P01)", async ({ installation, owner }) => {
  const roles = ["user", "readonly"];
  await refused(installation, owner, "createUserForm", newcomer({ roles }), "single_role");
  await refused(installation, owner, "createUserForm", newcomer({ roles: [] }), "roles");
  const target = await person({ roles: ["user"] });
  await refused(installation, owner, "updateUserForm", edit(target, { roles }), "single_role");
});

test("an admin makes nobody admin or superadmin, a superadmin does (P24)", async ({
  installation,
  owner,
}) => {
  const admin = await person({ roles: ["admin"] });
  const target = await person({ roles: ["user"] });
  for (const roles of ["admin", "superadmin"]) {
    const words = `You do not have permission to assign the role: ${roles}`;
    await refused(installation, admin, "createUserForm", newcomer({ roles }), words);
    await refused(installation, admin, "updateUserForm", edit(target, { roles }), words);
  }
  await refused(
    installation,
    owner,
    "updateUserForm",
    edit(target, { roles: "admin" }),
    "confirmation_required",
  );
  await send(installation, owner, "updateUserForm", edit(target, { roles: "admin", confirmed: "admin" }));
  expect(await rolesOf(target)).toEqual(["admin"]);
});

test("nobody changes their own role, whatever is sent (P31)", async ({ installation, owner }) => {
  await person({ roles: ["superadmin"] });
  for (const who of [owner, await person({ roles: ["admin"] })])
    await refused(
      installation,
      who,
      "updateUserForm",
      edit(who, { roles: "user" }),
      "Cannot change your own role",
    );
});

test("who outranks an administrator is out of their reach, whatever is sent", async ({
  installation,
  owner,
}) => {
  const admin = await person({ roles: ["admin"] });
  const fields = edit(owner, { roles: "superadmin", givenName: "Mallory" });
  await refused(
    installation,
    admin,
    "updateUserForm",
    fields,
    "Cannot modify a user with a higher-privilege role",
  );
});

test("nobody puts into a role, or makes the default role, more than they hold", async ({
  installation,
  owner,
}) => {
  expect(owner.username).toBe("olivia");
  await customRole("deputy", ["can_manage_settings", "can_view_users"]);
  const deputy = await person({ roles: ["deputy"] });
  const words = "permissions that you do not hold yourself";
  const grants = ["can_manage_users"];
  await refused(installation, deputy, "createRoleForm", { key: "ladder", grants }, words);
  const own = { role: "deputy", version: await versionOf("deputy"), add: grants };
  await refused(installation, deputy, "editRoleForm", own, words);
  const registration = { enabled: "on", role: "superadmin" };
  await refused(
    installation,
    deputy,
    "saveRegistrationForm",
    registration,
    "You do not have permission to assign the role: superadmin",
  );
});

test("fields that a form does not have are never looked at", async ({ installation, owner }) => {
  const extra = { id: owner.id, active: "false", role: "superadmin", passwordHash: "x", source: "setup" };
  await send(installation, owner, "createUserForm", newcomer({ roles: "user", version: "9", ...extra }));
  const made = await database().user.findUniqueOrThrow({ where: { usernameKey: "newcomer" } });
  expect(made).toMatchObject({ active: true, version: 1 });
  expect(made.id).not.toBe(owner.id);
  expect(made.passwordHash).toContain("$argon2id$");
  expect(await rolesOf(made)).toEqual(["user"]);
});
