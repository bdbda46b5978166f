import { database } from "#lib/kernel/database.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity } from "./forms.ts";
import { matrixOf } from "./matrix-page.ts";

test.use({ catalogue: "ops-atlas" });

/** The guide's table: ADMIN, OPERATOR, VIEWER. */
const table = {
  "View dashboard & containers": "Y Y Y",
  "Start / stop / restart containers": "Y Y -",
  "Deploy services": "Y Y -",
  "Manage environment variables": "Y Y -",
  "Manage users": "Y - -",
  "Change system settings": "Y - -",
  "View audit log": "Y - -",
};
const roles = ["ADMIN", "OPERATOR", "VIEWER"];

test("three roles stand against the guide's seven capabilities, and none of them can be changed (O01)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { grid, cell, pencil } = matrixOf(page);
  await expect(grid.getByRole("columnheader")).toHaveCount(1 + roles.length);
  for (const [capability, marks] of Object.entries(table)) {
    for (const [index, mark] of marks.split(" ").entries()) {
      const name = mark === "Y" ? /: (granted|always held)$/ : /: not granted$/;
      await expect(cell(capability, roles[index] ?? "")).toHaveAccessibleName(name);
    }
  }
  // Beside the seven, one row for each of the three groups.
  await expect(grid.getByRole("rowheader")).toHaveCount(7 + 3);
  for (const role of roles)
    await expect(pencil(role)).toHaveAccessibleDescription(/Cannot modify built-in role permissions/);
  await expect(page.getByText("Custom roles are not available")).toBeVisible();
});

test("a new user is VIEWER, whether added or signed up, and sees no more than the dashboard (O01)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await expect(dialog.getByLabel("Role")).toHaveValue("VIEWER");
  await fillIdentity(dialog, { username: "vic", email: "vic@example.com" });
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(page.getByRole("row", { name: /vic/ })).toContainText("VIEWER");

  const settings = page.getByRole("region", { name: "User Registration Settings" });
  await expect(settings.getByLabel("Default Role for New Users")).toHaveValue("VIEWER");
  await settings.getByLabel("Enable User Self-Registration").check();
  await settings.getByRole("button", { name: "Save Settings" }).click();
  await expect(page.getByRole("status").getByText("Self-registration is on")).toBeVisible();
  const hers = await as(undefined);
  await hers.goto("/sign-up");
  await fillIdentity(hers, { username: "vera", email: "vera@example.com" });
  await hers.getByLabel("Password", { exact: true }).fill(password);
  await hers.getByRole("button", { name: "Sign up" }).click();
  await expect(hers.getByRole("heading", { name: "Permissions 1/7" })).toBeVisible();
  await expect(hers.getByRole("listitem").filter({ hasText: "View dashboard & containers" })).toBeVisible();
  for (const username of ["vic", "vera"]) {
    const user = await database().user.findUniqueOrThrow({ where: { usernameKey: username } });
    expect(await rolesOf(user)).toEqual(["VIEWER"]);
  }
});

test("OPERATOR holds four of the seven and has no settings to open", async ({ as, owner, problems }) => {
  problems.expect(/status of 403/);
  expect(owner.username).toBe("olivia");
  const page = await as(await person({ roles: ["OPERATOR"], username: "otis" }));
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Permissions 4/7" })).toBeVisible();
  await page.goto("/settings/users");
  await expect(page.getByRole("heading", { name: /Forbidden|not allowed/i })).toBeVisible();
});
