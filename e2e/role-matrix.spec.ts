import { database } from "#lib/kernel/database.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";

const groups: [name: string, risk: string, permissions: string[]][] = [
  [
    "Monitoring & Visibility",
    "Low risk",
    [
      "can_view_dashboard",
      "can_view_hosts",
      "can_view_packages",
      "can_view_reports",
      "can_view_notification_logs",
    ],
  ],
  ["Host & Infrastructure", "Medium risk", ["can_manage_hosts", "can_manage_packages", "can_manage_docker"]],
  [
    "Operations",
    "Medium-high risk",
    [
      "can_manage_patching",
      "can_manage_compliance",
      "can_manage_alerts",
      "can_manage_automation",
      "can_use_remote_access",
    ],
  ],
  [
    "Administration",
    "High risk",
    [
      "can_view_users",
      "can_manage_users",
      "can_manage_superusers",
      "can_manage_settings",
      "can_manage_notifications",
      "can_export_data",
      "can_manage_billing",
    ],
  ],
];

test("20 permissions stand in four risk groups, each with key, label and description (P08, P10)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { grid } = matrixOf(page);
  const permissions = await database().permission.findMany({
    select: { key: true, label: true, description: true },
  });
  expect(permissions).toHaveLength(20);
  const wanted = groups.flatMap(([name, risk, keys]) => [
    `${name} ${risk}`,
    ...keys.map((key) => {
      const { label, description } = permissions.find((permission) => permission.key === key) ?? {};
      const note = key === "can_manage_billing" ? " No effect while Billing is off" : "";
      return `${label}${note} ${description}`;
    }),
  ]);
  await expect(grid.getByRole("rowheader")).toHaveText(wanted, { useInnerText: true });

  const words = groups.map(([, risk]) => grid.getByText(risk, { exact: true }));
  const colours = await Promise.all(
    words.map((word) => word.evaluate((element) => getComputedStyle(element).color)),
  );
  expect(new Set(colours).size).toBe(4);
});

test("pressing a cell says why, and names the permission's key (P08)", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { cell } = matrixOf(page);
  await cell("View Hosts", "Readonly").click();
  const why = page.getByRole("dialog", { name: "View Hosts" });
  await expectTold(why, "own", /Readonly.*View Hosts/);
  await expect(why).toContainText("can_view_hosts");
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await expect(cell("View Hosts", "Readonly")).toBeFocused();
  await cell("Manage Users", "Admin").click();
  await expectTold(page.getByRole("dialog"), "always");
});

test("Manage Billing is one of the 20 and says that it has no effect while billing is off (P09)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const row = page.getByRole("row", { name: /^Manage Billing/ });
  await expect(row.getByRole("rowheader")).toContainText(/Manage Billing.*Billing/);
  await expect(matrixOf(page).cell("Manage Billing", "Super Admin")).toBeVisible();
});

test("each column header says how many of all permissions its role holds (P02, P11)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { header } = matrixOf(page);
  const wanted = { "Super Admin": 20, Admin: 19, "Host manager": 13, User: 6, Readonly: 5 };
  for (const [role, held] of Object.entries(wanted)) await expect(header(role)).toContainText(`${held}/20`);
});

test("a cell has a tick exactly where the role holds the permission (P02, P10)", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { grid } = matrixOf(page);
  const heldBy = async (role: string) => {
    const cells = grid.getByRole("button", { name: new RegExp(`, ${role}: (granted|always held)$`) });
    return (await cells.all()).length;
  };
  await expect(grid).toBeVisible();
  expect(await Promise.all(["Super Admin", "Admin", "Host manager", "User", "Readonly"].map(heldBy))).toEqual(
    [20, 19, 13, 6, 5],
  );
  await expect(matrixOf(page).cell("Manage Superusers", "Admin")).toHaveAccessibleName(/not granted$/);
  await expect(matrixOf(page).cell("Export Data", "User")).toHaveAccessibleName(/granted$/);
});

test("superadmin, admin and user are locked and say so; host_manager and readonly are not (P04, P05)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { pencil } = matrixOf(page);
  for (const role of ["Super Admin", "Admin", "User"]) {
    await expect(pencil(role)).toBeDisabled();
    await expect(pencil(role)).toHaveAccessibleDescription(/Cannot modify built-in role permissions/);
  }
  for (const role of ["Host manager", "Readonly"]) await expect(pencil(role)).toHaveRole("link");
  await pencil("Admin").click({ force: true });
  await expect(page.getByRole("dialog", { name: "Admin cannot be edited here" })).toBeVisible();
  await page.goto("/settings/roles?edit=admin");
  await expect(page.getByRole("status").getByText("Cannot modify built-in role permissions")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});

test("the matrix can be searched and two roles compared by what differs", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  const { grid } = matrixOf(page);
  await page.getByRole("searchbox", { name: "Search permissions" }).fill("docker");
  await expect(grid.getByRole("rowheader")).toHaveText([/Host & Infrastructure/, /Manage Docker/]);
  await page.getByRole("searchbox", { name: "Search permissions" }).fill("");

  await page.getByRole("button", { name: "Compare roles" }).click();
  await page.getByRole("option", { name: /Readonly/ }).click();
  await page.getByRole("option", { name: /^User/ }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(grid.getByRole("columnheader")).toHaveCount(3);
  await page.getByRole("button", { name: "Differences only" }).click();
  await expect(grid.getByRole("rowheader")).toHaveText([/Administration/, /Export Data/]);
  // The address follows what is shown.
  await expect(page).toHaveURL(/roles=.*differences=true/);
  await page.reload();
  await expect(grid.getByRole("rowheader")).toHaveText([/Administration/, /Export Data/]);
});
