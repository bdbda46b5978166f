import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { customRole, person } from "#test/people.ts";
import { expectDone, expectInvalid } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";
import { grantsOf } from "./roles.ts";

async function openAddRole(page: Page) {
  await page.goto("/settings/roles");
  await page.getByRole("link", { name: "Add Role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add New Role" });
  await expect(dialog.getByLabel("Role name")).toBeFocused();
  return {
    dialog,
    name: dialog.getByLabel("Role name"),
    counter: dialog.getByText("permissions selected"),
    add: dialog.getByRole("button", { name: "Add role" }),
    template: (label: string) =>
      dialog.getByRole("group", { name: "Templates" }).getByRole("button", { name: label }),
  };
}

test("a new role is at once a column of the matrix and in every list of roles (P12, P17)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const { dialog, name, add } = await openAddRole(page);
  await name.fill("patch_operator");
  await dialog.getByLabel("Description").fill("Patches on weekends.");
  await dialog.getByRole("checkbox", { name: "Manage Patching" }).check();
  await add.click();
  await expectDone(page, "add role", "patch_operator");
  await expect(dialog).toBeHidden();
  await expect(matrixOf(page).header("Patch operator")).toContainText("1/20");
  await expect(matrixOf(page).header("Patch operator")).toContainText("Custom");

  const plain = await person({ roles: ["user"], username: "plain" });
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
  for (const list of [
    page.getByLabel("Role", { exact: true }),
    page.getByLabel("Default Role for New Users"),
  ]) {
    await expect(list.getByRole("option", { name: "Patch operator" })).toHaveCount(1);
  }
  for (const address of ["?add", `?edit=${plain.id}`]) {
    await page.goto(`/settings/users${address}`);
    await page.getByRole("dialog").getByLabel("Role").selectOption("Patch operator");
  }
});

test("a role name is lowercase letters, digits and underscores, and is for good (P13)", async ({
  as,
  owner,
}) => {
  await customRole("taken", []);
  const page = await as(owner);
  const { dialog, name, add } = await openAddRole(page);
  await expect(name).toHaveAccessibleDescription(/\S/);
  for (const bad of ["Night Shift", "nachtschicht-1", "NIGHT", "été", ""]) {
    await name.fill(bad);
    await add.click();
    await expect(name).toBeFocused();
    await expectInvalid(name, bad ? "bad_role_name" : "too_small");
  }
  await name.fill("taken");
  await add.click();
  await expectInvalid(name, "role_name_taken");
  await name.fill("night_shift_2");
  await add.click();
  await expect(dialog).toBeHidden();
  expect((await database().role.findUnique({ where: { key: "night_shift_2" } }))?.builtIn).toBe(false);
  await page.goto("/settings/roles?edit=night_shift_2");
  await expect(matrixOf(page).editor("Night shift 2")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

test("templates tick their permissions, and the dialog counts n/20 as boxes are ticked (P14, P16)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const { dialog, counter, template } = await openAddRole(page);
  await expect(counter).toHaveText("0/20 permissions selected");
  for (const [label, count] of [
    ["Read Only", 5],
    ["Operator", 13],
    ["Admin", 20],
    ["Clear All", 0],
  ] as const) {
    await template(label).click();
    await expect(counter).toHaveText(`${count}/20 permissions selected`);
    await expect(dialog.getByRole("checkbox", { checked: true })).toHaveCount(count);
    await expect(template(label)).toHaveAttribute("aria-pressed", "true");
  }
  await template("Operator").click();
  const administration = dialog.getByRole("group", { name: "Administration, high risk" });
  await expect(administration.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await administration.getByRole("checkbox", { name: "Export Data" }).check();
  await expect(counter).toHaveText("14/20 permissions selected");
});

test("a template never ticks more than its user holds (P14)", async ({ as, owner }) => {
  expect(owner.username).toBe("olivia");
  await customRole("deputy", ["can_manage_settings", "can_view_hosts", "can_view_reports"]);
  const page = await as(await person({ roles: ["deputy"], username: "dora" }));
  const { dialog, counter, name, add, template } = await openAddRole(page);
  await template("Admin").click();
  await expect(counter).toHaveText("3/20 permissions selected");
  await template("Read Only").click();
  await expect(counter).toHaveText("2/20 permissions selected");
  const users = dialog.getByRole("checkbox", { name: "Manage Users" });
  await expect(users).toBeDisabled();
  await expect(users).toHaveAccessibleDescription(/can_manage_users/);
  await name.fill("small");
  await add.click();
  await expect(dialog).toBeHidden();
  expect(await grantsOf("small")).toEqual(["can_view_hosts", "can_view_reports"]);
});

test("each group of the dialog has Select all and Deselect all (P15)", async ({ as, owner }) => {
  const page = await as(owner);
  const { dialog, counter } = await openAddRole(page);
  await dialog.getByRole("button", { name: "Select all: Operations" }).click();
  await expect(counter).toHaveText("5/20 permissions selected");
  await dialog.getByRole("button", { name: "Select all: Host & Infrastructure" }).click();
  await expect(counter).toHaveText("8/20 permissions selected");
  await dialog.getByRole("button", { name: "Deselect all: Operations" }).click();
  await expect(counter).toHaveText("3/20 permissions selected");
});

test("a custom role is deleted inside its editor, after a question (P21)", async ({ as, owner }) => {
  await customRole("obsolete", ["can_view_hosts"]);
  const page = await as(owner);
  await page.goto("/settings/roles");
  await expect(page.getByRole("button", { name: "Delete role" })).toHaveCount(0);
  await matrixOf(page).pencil("Obsolete").click();
  await page.getByRole("button", { name: "Delete role" }).click();
  const question = page.getByRole("dialog", { name: "Delete the role Obsolete?" });
  await expect(question.getByRole("link", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  expect(await database().role.count({ where: { key: "obsolete" } })).toBe(1);
  await page.getByRole("button", { name: "Delete role" }).click();
  await question.getByRole("button", { name: "Delete role" }).click();
  await expectDone(page, "delete role", "obsolete");
  await expect(matrixOf(page).header("Obsolete")).toHaveCount(0);
  await expect(page).toHaveURL("/settings/roles");
  await expect(page.getByRole("heading", { name: "Roles" })).toBeFocused();
  expect(await database().role.count({ where: { key: "obsolete" } })).toBe(0);
});
