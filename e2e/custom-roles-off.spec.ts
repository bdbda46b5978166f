import { database } from "#lib/kernel/database.ts";
import { stored } from "#test/stored.ts";
import { expect, test } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";
import { matrixOf } from "./matrix-page.ts";
import { cookieOf } from "./session.ts";

const unavailable = "Custom roles are not available with the Ops Atlas catalogue.";

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

test("Add Role is absent and the page says that custom roles are not available (P12)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  await expect(page.getByText(unavailable)).toBeVisible();
  await expect(page.getByText("Add Role")).toHaveCount(0);
  await page.goto("/settings/roles?add");
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the server refuses a request to add a role all the same (P12)", async ({ as, owner, installation }) => {
  const cookie = await cookieOf(owner);
  const action = (await serverActions()).get("createRoleForm") ?? "";
  const url = `${installation.address}/settings/roles`;
  const before = await stored();
  const fields: [string, string][] = [
    ["key", "forged"],
    ["grants", "dashboard.view"],
  ];
  const answer = await sendForm({ url, action, fields }, { cookie });
  expect(answer.text).toContain(unavailable);
  expect(await stored()).toEqual(before);
  expect(await database().role.count()).toBe(3);
  const page = await as(owner);
  await page.goto("/settings/roles");
  await expect(matrixOf(page).header("ADMIN")).toContainText("7/7");
});

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
});
