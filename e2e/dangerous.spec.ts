import { person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";
import { grantsOf } from "./roles.ts";

test.describe("where a user may hold several roles", () => {
  test.use({ catalogue: "uptrakit" });

  test("a role as good as root is marked, and giving it has to be confirmed by name (U14)", async ({
    as,
    owner,
  }) => {
    const jane = await person({ roles: ["viewer"], username: "jane", givenName: "Jane" });
    const page = await as(owner);
    await page.goto(`/settings/users?edit=${jane.id}`);
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: "Update User" });
    const confirm = dialog.getByLabel("Yes, give Jane the role Command manager");
    await expect(confirm).toHaveCount(0);
    await dialog.getByLabel("Command manager (dangerous)").check();
    await expect(confirm).toHaveAccessibleDescription(/Manage commands/);
    await dialog.getByLabel("Command manager (dangerous)").uncheck();
    await expect(confirm).toHaveCount(0);
    await dialog.getByLabel("Command manager (dangerous)").check();
    await save.click();
    await expectTold(dialog, "confirmation_required", "Command manager");
    await expect(confirm).toBeFocused();
    await expectAccessible(page);
    expect(await rolesOf(jane)).toEqual(["viewer"]);
    await page.keyboard.press("Space");
    await save.click();
    await expect(dialog).toBeHidden();
    expect(await rolesOf(jane)).toEqual(["command_manager", "viewer"]);
    const chip = page.getByRole("row", { name: /Jane/ }).getByText("Command manager");
    await expect(chip.locator("..")).toContainText("dangerous");

    await page.goto(`/settings/users?edit=${jane.id}`);
    await expect(dialog.getByLabel("Command manager (dangerous)")).toBeChecked();
    await expect(confirm).toHaveCount(0);
  });
});

test("a superuser role is marked in a list, too; it is no usual choice and is confirmed for a new user", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("option", { name: /^Super Admin .*\(dangerous\)/ })).toBeAttached();
  await dialog.getByLabel("Username").fill("risk.taker");
  await dialog.getByLabel("Email").fill("risk.taker@example.com");
  await dialog.getByLabel("Password", { exact: true }).fill("a long walk by the harbour");
  await dialog.getByLabel("Role").selectOption("superadmin");
  await dialog.getByLabel("Yes, give this user the role Super Admin").check();
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /risk\.taker/ })).toContainText("Super Admin");
});

test("without scripts the tick comes with the refusal", async ({ as, owner }) => {
  const kay = await person({ roles: ["user"], username: "kay" });
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto(`/settings/users?edit=${kay.id}`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Role").selectOption("admin");
  await dialog.getByRole("button", { name: "Update User" }).click();
  const confirm = dialog.getByLabel("Yes, give kay the role Admin");
  await confirm.check();
  await dialog.getByRole("button", { name: "Update User" }).click();
  await expect.poll(() => rolesOf(kay)).toEqual(["admin"]);
});

test("a dangerous default for whoever signs up has to be confirmed", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  const section = page.getByRole("region", { name: "User Registration Settings" });
  await section.getByLabel("Default Role for New Users").selectOption("admin");
  await section.getByRole("button", { name: "Save Settings" }).click();
  const confirm = section.getByLabel("Yes, give everybody who signs up the role Admin");
  await expect(confirm).toBeFocused();
  await expectTold(section, "confirmation_required", "Admin");
  await section.getByLabel("Default Role for New Users").selectOption("user");
  await expect(confirm).toHaveCount(0);
  await section.getByRole("button", { name: "Save Settings" }).click();
  await expectDone(page, "save registration settings");
});

test("a dangerous permission is confirmed for a new role", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles?add");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Role name").fill("deputies");
  await dialog.getByLabel("Manage Superusers (dangerous)").check();
  await dialog.getByRole("button", { name: "Add role" }).click();
  const confirm = dialog.getByLabel("Yes, give this role Manage Superusers");
  await expect(confirm).toBeFocused();
  await confirm.check();
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(dialog).toBeHidden();
  expect(await grantsOf("deputies")).toEqual(["can_manage_superusers"]);
  await expect(matrixOf(page).header("Deputies")).toContainText("(dangerous)");
});
