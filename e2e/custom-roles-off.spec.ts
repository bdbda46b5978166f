import { database } from "#lib/kernel/database.ts";
import { stored } from "#test/stored.ts";
import { expect, test } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";
import { matrixOf } from "./matrix-page.ts";
import { cookieOf } from "./session.ts";

const unavailable = "Custom roles are not available with the Ops Atlas catalogue.";

test.use({ catalogue: "ops-atlas" });

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

test("ADMIN, OPERATOR and VIEWER hold the seven capabilities as the guide's table has them (O01)", async ({
  as,
  owner,
}) => {
  const table: [capability: string, operator: boolean, viewer: boolean][] = [
    ["View dashboard & containers", true, true],
    ["Start / stop / restart containers", true, false],
    ["Deploy services", true, false],
    ["Manage environment variables", true, false],
    ["Manage users", false, false],
    ["Change system settings", false, false],
    ["View audit log", false, false],
  ];
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { cell } = matrixOf(page);
  for (const [capability, operator, viewer] of table) {
    const wanted = { ADMIN: true, OPERATOR: operator, VIEWER: viewer };
    for (const [role, held] of Object.entries(wanted)) {
      const state = held ? /: (granted|always held|inherited.*)$/ : /: not granted$/;
      await expect(cell(capability, role)).toHaveAccessibleName(state);
    }
  }
  await page.goto("/settings/users?add");
  await expect(page.getByRole("dialog").getByLabel("Role")).toHaveValue("VIEWER");
});
