import { database } from "#lib/kernel/database.ts";
import { customRole, person } from "#test/people.ts";
import { expectDone } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";
import { grantsOf } from "./roles.ts";

test("the pencil opens the role's editor, and Save keeps its ticks (P05, P18)", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { pencil, box, cell, header, editor } = matrixOf(page);
  await pencil("Readonly").click();
  await expect(page).toHaveURL("/settings/roles?edit=readonly");
  await expect(box("View Dashboard", "Readonly")).toBeFocused();
  await box("Export Data", "Readonly").click();
  await box("View Reports", "Readonly").click();
  const bar = editor("Readonly");
  await expect(bar).toContainText(/1 \w+, 1 \w+ · 0 /);
  await expect(bar).toContainText("5/20 permissions");
  await expect(box("Export Data", "Readonly")).toHaveAccessibleDescription("added, not saved");
  await bar.getByRole("button", { name: "Save" }).click();

  await expectDone(page, "edit role", "readonly", /\b1 \w+, 1\b/);
  await expect(page).toHaveURL("/settings/roles");
  await expect(cell("Export Data", "Readonly")).toHaveAccessibleName(/: granted$/);
  await expect(cell("View Reports", "Readonly")).toHaveAccessibleName(/: not granted$/);
  await expect(header("Readonly")).toContainText("5/20");
  expect(await grantsOf("readonly")).toContain("can_export_data");
  expect(await grantsOf("readonly")).not.toContain("can_view_reports");
});

test("host_manager is built in and can be edited as well, but not deleted (P03, P05, P21)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles?edit=host_manager");
  const { box, editor } = matrixOf(page);
  const bar = editor("Host manager");
  await expect(bar.getByRole("button", { name: "Save" })).toBeVisible();
  await expect(page.getByRole("button", { name: /delete/i })).toHaveCount(0);
  await box("View Users", "Host manager").click();
  await bar.getByRole("button", { name: "Save" }).click();
  await expect(bar).toBeHidden();
  expect(await grantsOf("host_manager")).toContain("can_view_users");
});

test("each group of the column being edited has Select all and Deselect all (P15)", async ({ as, owner }) => {
  await customRole("selector", ["can_manage_hosts"]);
  const page = await as(owner);
  await page.goto("/settings/roles?edit=selector");
  const { grid, editor } = matrixOf(page);
  const groups = ["Monitoring & Visibility", "Host & Infrastructure", "Operations", "Administration"];
  for (const group of groups) {
    await grid.getByRole("button", { name: `Select all: ${group}, Selector` }).click();
    await expect(grid.getByRole("button", { name: `Deselect all: ${group}, Selector` })).toBeVisible();
  }
  await expect(editor("Selector")).toContainText("20/20 permissions");
  await grid.getByRole("button", { name: "Deselect all: Host & Infrastructure, Selector" }).click();
  await expect(editor("Selector")).toContainText("17/20 permissions");
  await expect(editor("Selector")).toContainText("17 added, 1 removed");
});

test("Discard throws a draft away, and leaving one asks first", async ({ as, owner }) => {
  await customRole("draft", ["can_view_hosts"]);
  const page = await as(owner);
  await page.goto("/settings/roles?edit=draft");
  const { box, editor, pencil } = matrixOf(page);
  await box("Export Data", "Draft").click();
  await page.keyboard.press("Escape");
  const question = page.getByRole("dialog", { name: "Discard the changes to Draft?" });
  await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(box("Export Data", "Draft")).toBeChecked();
  await editor("Draft").getByRole("button", { name: "Discard" }).click();
  await expect(pencil("Draft")).toBeFocused();
  expect(await grantsOf("draft")).toEqual(["can_view_hosts"]);
});

test("a dangerous permission is asked about before it is saved", async ({ as, owner }) => {
  await customRole("risky", []);
  const page = await as(owner);
  await page.goto("/settings/roles?edit=risky");
  const { box, editor } = matrixOf(page);
  await box("Manage Superusers", "Risky").click();
  await editor("Risky").getByRole("button", { name: "Save" }).click();
  const question = page.getByRole("dialog", { name: "Give 1 dangerous permission to Risky?" });
  await expect(question).toContainText("Manage Superusers");
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await grantsOf("risky")).toEqual([]);
  await editor("Risky").getByRole("button", { name: "Save" }).click();
  await question.getByRole("button", { name: "Save anyway" }).click();
  await expect(editor("Risky")).toBeHidden();
  expect(await grantsOf("risky")).toEqual(["can_manage_superusers"]);
});

test("a saved change holds on the very next click of somebody who is signed in (P19, P44)", async ({
  as,
  owner,
}) => {
  await customRole("helpdesk", ["can_view_dashboard"]);
  const holder = await person({ roles: ["helpdesk"], username: "hanna" });
  const hers = await as(holder);
  await hers.goto("/account");
  await expect(hers.getByRole("heading", { name: "Permissions 1/20" })).toBeVisible();
  await expect(hers.getByRole("link", { name: "Users", exact: true })).toHaveCount(0);

  const page = await as(owner);
  await page.goto("/settings/roles?edit=helpdesk");
  const { box, editor } = matrixOf(page);
  const save = editor("Helpdesk").getByRole("button", { name: "Save" });
  await box("View Users", "Helpdesk").click();
  await expect(editor("Helpdesk")).toContainText("1 person affected");
  await save.click();
  await expect(editor("Helpdesk")).toBeHidden();
  await hers.reload();
  await hers.getByRole("link", { name: "Users", exact: true }).click();
  await expect(hers.getByRole("row", { name: /Olivia Owens/ })).toBeVisible();

  await page.goto("/settings/roles?edit=helpdesk");
  await box("View Users", "Helpdesk").click();
  await save.click();
  await expect(editor("Helpdesk")).toBeHidden();
  await hers.getByRole("link", { name: "Email" }).click();
  await expect(hers.getByRole("heading", { name: "Forbidden" })).toBeVisible();
  await expect(hers.getByText("Olivia Owens")).toHaveCount(0);
  expect(await database().session.count({ where: { userId: holder.id } })).toBe(1);
});
