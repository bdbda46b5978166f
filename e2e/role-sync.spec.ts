import { database } from "#lib/kernel/database.ts";
import { customRole, password, person } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { identify } from "#test/sync.ts";
import { expectAccessible } from "./accessible.ts";
import { expectTold, saidFor } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";
import type { Installation } from "./installation.ts";
import { matrixOf } from "./matrix-page.ts";
import { cookieOf } from "./session.ts";

const synced = "Users and roles are read-only here while role sync is on";

test.use({
  settings: {
    OIDC_ISSUER_URL: "https://login.example.com",
    OIDC_CLIENT_ID: "bailiwick",
    OIDC_CLIENT_SECRET: "a secret of this test",
    OIDC_SYNC_ROLES: "true",
    OIDC_ADMIN_GROUP: "it-admins",
    OIDC_USER_GROUP: "staff",
  },
});

/** Somebody whom the provider gave their role, somebody with a custom role, and an administrator who kept theirs. */
const people = (installation: Installation) =>
  installation.once("people under sync", async () => {
    await customRole("night_watch", ["can_view_hosts"]);
    // Whoever made it was signed in long ago, and would be swept meanwhile.
    await database().session.deleteMany();
    const sam = await person({ roles: ["user"], username: "sam", givenName: "Sam", familyName: "Staff" });
    const given = { source: "idp", givenBy: "Single sign-on" };
    await database().assignment.updateMany({ where: { userId: sam.id }, data: given });
    const ada = await person({ roles: ["admin"], username: "ada" });
    await identify(ada, { slug: "oidc" }, { groups: ["staff"] });
    const outcome = { syncOutcome: "last_holder", syncedAt: new Date() };
    await database().identity.updateMany({ where: { userId: ada.id }, data: outcome });
    await identify(sam, { slug: "oidc" }, {});
    const { id: userId } = sam;
    await database().identity.updateMany({ where: { userId }, data: { syncOutcome: "claim_missing" } });
    return { sam, ada };
  });

test("P47, P48: the users page is a read-only list that says who gives the roles", async ({
  as,
  owner,
  installation,
}) => {
  const { sam } = await people(installation);
  const page = await as(owner);
  await page.goto("/settings/users");
  await expectTold(page, "synced");
  await saidFor(page, "synced").locator("summary").first().click();
  await expect(page.getByText("OIDC_ADMIN_GROUP = it-admins")).toBeVisible();
  await expectTold(page, "last_holder", "ada");
  await expectTold(page, "unread", /\b1\b/);
  await expect(page.getByText("Add User")).toHaveCount(0);
  await expect(page.getByText("User Registration Settings")).toHaveCount(0);
  const row = page.getByRole("row", { name: /Sam Staff/ });
  await expect(row.getByText("identity provider")).toBeAttached();
  for (const gone of ["Edit", "Reset password", "Delete"])
    await expect(row.getByRole("link", { name: gone })).toHaveCount(0);
  await expectAccessible(page);

  // What is left to do to a selection is ending sessions.
  await row.getByRole("checkbox").check();
  await expect(page.getByRole("button", { name: "End sessions" })).toBeVisible();
  for (const gone of ["Deactivate", "Reactivate", "Set role", "Delete"])
    await expect(page.getByRole("button", { name: gone, exact: true })).toHaveCount(0);

  await row.getByRole("link", { name: /^Roles/ }).click();
  const dialog = page.getByRole("dialog", { name: "Roles of Sam Staff" });
  await expect(dialog.getByText(/: Single sign-on/)).toBeVisible();
  await expect(dialog.getByText(synced).first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Save roles" })).toHaveAttribute("aria-disabled", "true");
  await expect(dialog.getByRole("link", { name: "Give temporarily" })).toHaveCount(0);

  for (const address of [
    "add",
    `edit=${sam.id}`,
    `reset=${sam.id}`,
    `delete=${sam.id}`,
    `temporary=${sam.id}`,
  ]) {
    await page.goto(`/settings/users?${address}`);
    const why = page.getByRole("dialog", { name: "Users are read-only now" });
    await expect(why.getByText(synced)).toBeVisible();
    await expect(why.getByRole("textbox")).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/settings\/users$/);
});

test("P47, P49: the roles page names the variables of the groups, and nothing can be edited", async ({
  as,
  owner,
  installation,
}) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/roles");
  await expectTold(page, "synced");
  for (const role of ["SUPERADMIN", "ADMIN", "HOST_MANAGER", "USER", "READONLY"])
    await expect(page.getByText(`OIDC_${role}_GROUP`)).toBeVisible();
  await expect(page.getByText(/: .+ stays\b/)).toBeVisible();
  await expect(page.getByText("Synced", { exact: true })).toBeVisible();
  await expect(page.getByText("Add Role")).toHaveCount(0);
  const { pencil, cell } = matrixOf(page);
  await expect(pencil("Night watch")).toHaveAttribute("aria-disabled", "true");
  await expect(pencil("Night watch")).toHaveAccessibleDescription(new RegExp(synced));
  await cell("View Hosts", "Night watch").click();
  await expect(
    page
      .getByRole("dialog")
      .getByText(/Night watch/)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expectAccessible(page);

  await page.goto("/settings/roles?edit=night_watch");
  await expectTold(page, "locked_role", "Night watch");
  for (const address of ["?add", "?delete=night_watch", "/role/night_watch?delete=night_watch"]) {
    await page.goto(`/settings/roles${address}`);
    await expect(page.getByRole("dialog", { name: "Roles are read-only now" })).toContainText(synced);
  }
  await page.goto("/settings/roles/role/night_watch");
  await expect(page.getByText("Synced", { exact: true })).toBeVisible();
  await expect(page.getByText("Delete role")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});

test("P48: nobody signs up, asks for access or edits their profile, and Ctrl-K offers none of it", async ({
  as,
  owner,
}) => {
  const visitor = await as(undefined);
  await visitor.goto("/sign-in");
  await expect(visitor.getByRole("link", { name: /sign up/i })).toHaveCount(0);
  await visitor.goto("/sign-up");
  await expect(visitor.getByRole("textbox", { name: "Username" })).toHaveCount(0);

  const page = await as(owner);
  await page.goto("/account/profile");
  await expect(page.getByText(synced).first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveAttribute("readonly", "");
  await page.goto("/account/access?ask");
  await expect(page.getByRole("dialog")).toContainText(synced);
  await page.goto("/settings/access-requests");
  await expect(page.getByText(synced)).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByText("Users", { exact: true })).toBeVisible();
  for (const gone of ["Add user", "Add role", "Ask for access"])
    await expect(palette.getByText(gone)).toHaveCount(0);
});

test("P48: every forged write is refused by the server and changes nothing", async ({
  owner,
  installation,
}) => {
  const { sam } = await people(installation);
  const cookie = await cookieOf(owner);
  const actions = await serverActions();
  const fields: Record<string, Record<string, string>> = {
    createUserForm: { username: "forged", email: "forged@example.com", password, roles: "user" },
    updateUserForm: { id: sam.id, email: "moved@example.com", roles: "admin", version: "1" },
    deleteUserForm: { id: sam.id },
    editUserRolesForm: { id: sam.id, version: "1", "assignments.0.role": "readonly" },
    applyPresetForm: { id: sam.id, preset: "owner" },
    setRoleExpressionForm: { id: sam.id, expression: "readonly" },
    resetPasswordForm: { id: sam.id, password },
    makeResetLinkForm: { id: sam.id },
    resetFactorsForm: { id: sam.id },
    giveTemporaryAccessForm: { id: sam.id, role: "readonly", reason: "because", lasts: "1" },
    endTemporaryAccessForm: { id: sam.id, assignment: crypto.randomUUID() },
    grantRequestForm: { request: crypto.randomUUID() },
    refuseRequestForm: { request: crypto.randomUUID() },
    requestAccessForm: { role: "admin", reason: "because", lasts: "1" },
    editOwnProfileForm: { email: "moved@example.com", version: "1" },
    saveRegistrationForm: { enabled: "on", role: "readonly" },
    createRoleForm: { key: "forged", grants: "can_view_hosts" },
    editRoleForm: { role: "night_watch", version: "1", add: "can_export_data" },
    deleteRoleForm: { role: "night_watch", version: "1" },
    reassignAndDeleteRoleForm: { role: "night_watch", version: "1", replacement: "readonly" },
    deactivateUsersForm: { ids: sam.id },
    reactivateUsersForm: { ids: sam.id },
    setRolesOfUsersForm: { ids: sam.id, roles: "readonly" },
    deleteUsersForm: { ids: sam.id },
  };
  const before = await stored();
  for (const [name, sent] of Object.entries(fields)) {
    const url = `${installation.address}/settings/users`;
    const form = { url, action: actions.get(name) ?? "", fields: Object.entries(sent) };
    expect((await sendForm(form, { cookie })).text, name).toContain('"reason":"synced"');
  }
  expect(await stored()).toEqual(before);
});
