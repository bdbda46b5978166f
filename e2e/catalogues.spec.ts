import { database } from "#lib/kernel/database.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";
import { matrixOf } from "./matrix-page.ts";

test.describe("Uptrakit", () => {
  test.use({ catalogue: "uptrakit" });

  test("a user is given several roles and holds the union of their permissions (U02)", async ({
    as,
    owner,
  }) => {
    const page = await as(owner);
    await page.goto("/settings/users?add");
    const dialog = page.getByRole("dialog", { name: "Add New User" });
    const roles = dialog.getByRole("group", { name: "Roles" });
    await expect(roles.getByRole("checkbox")).toHaveCount(8);
    await expect(roles.getByRole("checkbox", { checked: true })).toHaveCount(1);
    await expect(roles.getByRole("checkbox", { name: "Viewer" })).toBeChecked();
    await fillIdentity(dialog, { username: "ulla", email: "ulla@example.com" });
    await dialog.getByLabel("Password", { exact: true }).fill(password);
    await roles.getByRole("checkbox", { name: "Operator" }).check();
    await roles.getByRole("checkbox", { name: "Service manager" }).check();
    await dialog.getByRole("button", { name: "Create User" }).click();
    const row = page.getByRole("row", { name: /ulla/ });
    for (const role of ["Viewer", "Operator", "Service manager"]) await expect(row).toContainText(role);

    const ulla = await database().user.findUniqueOrThrow({ where: { usernameKey: "ulla" } });
    expect(await rolesOf(ulla)).toEqual(["operator", "service_manager", "viewer"]);
    const hers = await as(ulla);
    await hers.goto("/account");
    // 4 of viewer, 4 of operator, 4 of service_manager, two of which operator has too.
    await expect(hers.getByRole("heading", { name: "Permissions 10/32" })).toBeVisible();
  });
});

test.describe("Ops Atlas", () => {
  test.use({ catalogue: "ops-atlas" });

  test("a user has a unique name and email, a full name, a role, a status and a last sign-in (O02)", async ({
    as,
    owner,
  }) => {
    const page = await as(owner);
    await page.goto("/settings/users?add");
    const dialog = page.getByRole("dialog", { name: "Add New User" });
    await fillIdentity(dialog, { username: "Olivia", email: "olivia@EXAMPLE.com" });
    await dialog.getByLabel("Password", { exact: true }).fill(password);
    await dialog.getByRole("button", { name: "Create User" }).click();
    await expectInvalid(dialog.getByLabel("Username"), "taken");
    await expectInvalid(dialog.getByLabel("Email"), "taken");
    await fillIdentity(dialog, { username: "otto", email: "otto@", givenName: "Otto", familyName: "Ohm" });
    await dialog.getByRole("button", { name: "Create User" }).click();
    await expectInvalid(dialog.getByLabel("Email"), "invalid_format");
    await dialog.getByLabel("Email").fill("otto@example.com");
    await dialog.getByLabel("Role").selectOption("OPERATOR");
    await dialog.getByRole("button", { name: "Create User" }).click();

    const row = page.getByRole("row", { name: /Otto Ohm/ });
    for (const text of ["otto@example.com", "OPERATOR", "Active", "Never"])
      await expect(row).toContainText(text);
    const his = await as(undefined);
    await his.goto("/sign-in");
    await fillSignIn(his, "otto", password);
    await expect(his.getByRole("heading", { name: "Your access" })).toBeVisible();
    await page.reload();
    await expect(row).not.toContainText("Never");
    await expect(row.getByRole("cell").filter({ hasText: "just now" })).toHaveCount(2);
  });
});

test.describe("UTMStack", () => {
  test.use({ catalogue: "utmstack" });

  // F full, L limited, - not at all; Administrator, Security Analyst, Auditor, Viewer.
  const table = `
    Manage Users            F - - -
    Manage Roles            F - - -
    System Configuration    F - - -
    Manage Integrations     F - - -
    Deploy Agents           F - - -
    View Events             F F F L
    Modify Data             F L - -
    Investigate Incidents   F F - -
    Manage Alerts           F F - -
    Create Dashboards       F F - -
    Generate Reports        F F F L
    View Audit Logs         F - F -`;
  const states = {
    F: /: (granted|always held|inherited from [^,]+)$/,
    L: /: .*limited: /,
    "-": /: not granted$/,
  };

  test("the matrix has the guide's 12 rows, with Limited as a third state that says what limits it (T01)", async ({
    as,
    owner,
  }) => {
    const page = await as(owner);
    await page.goto("/settings/roles");
    const { grid, cell } = matrixOf(page);
    await expect(grid.getByRole("columnheader")).toHaveCount(5);
    const roles = ["Administrator", "Security Analyst", "Auditor", "Viewer"];
    const rows = table.trim().split("\n");
    for (const row of rows) {
      const [permission = "", marks = ""] = row.trim().split(/\s{2,}/);
      for (const [index, mark] of marks.split(" ").entries()) {
        const role = roles[index] ?? "";
        await expect(cell(permission, role)).toHaveAccessibleName(states[mark as keyof typeof states]);
      }
    }
    await expect(grid.getByRole("rowheader")).toHaveCount(rows.length + 4);

    await expect(cell("Modify Data", "Security Analyst")).toHaveText("Limited");
    await cell("View Events", "Viewer").click();
    const why = page.getByRole("dialog", { name: "View Events" });
    await expectTold(why, "limited");
    await expect(why.getByRole("listitem")).toHaveText([/team/i, /own/i]);
    await expect(why.getByRole("listitem").first()).toContainText(/severity/i);
    await expect(why.getByRole("listitem").first()).toContainText(/30 days/i);
  });

  test("who holds a limited permission sees its limits on their own page", async ({ as, owner }) => {
    expect(owner.username).toBe("olivia");
    const page = await as(await person({ roles: ["VIEWER"], username: "vera" }));
    await page.goto("/account");
    await expect(page.getByRole("listitem").filter({ hasText: "View Events" })).toContainText("Limited: ");
  });
});
