import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { customRole, nextInstant, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";

test.use({ catalogue: "utmstack" });
// Each look at a page takes a second or more.
test.describe.configure({ timeout: 180_000 });

const alive = (page: Page) => expect(page.getByRole("button", { name: "Go to or do" })).toBeAttached();
const access = (page: Page, permission: string) =>
  page.getByRole("combobox", { name: `Access: ${permission}`, exact: true });
const builder = (page: Page, permission: string) =>
  page.getByRole("group", { name: `Limits of ${permission}`, exact: true });
/** The bar at the bottom lies over a part of the page wherever that happens to be, which axe takes for a small target. */
async function expectAccessibleEditor(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Save" }).evaluate((bar) => {
    bar.style.position = "static";
  });
  await expectAccessible(page);
}

const save = (page: Page) =>
  page.getByRole("region", { name: "Save" }).getByRole("button", { name: "Save", exact: true });

async function sources() {
  const createdAt = nextInstant();
  await database().managedValue.createMany({
    data: ["Oslo firewall", "Delft firewall", "Microsoft 365"].map((label) => ({
      attribute: "data_source",
      key: label.toLowerCase().replaceAll(" ", "-"),
      label,
      createdAt,
    })),
    skipDuplicates: true,
  });
  if ((await database().valueGroup.count()) > 0) return;
  await database().valueGroup.create({
    data: {
      attribute: "data_source",
      key: "eu-firewalls",
      label: "EU firewalls",
      createdAt,
      updatedAt: createdAt,
      members: { create: [{ valueKey: "oslo-firewall" }, { valueKey: "delft-firewall" }] },
    },
    select: { key: true },
  });
}

test("T02, T08, T10: a custom role gets a data filter and business hours, and the matrix shows a third state", async ({
  as,
  owner,
}) => {
  await sources();
  await customRole("night_watch", ["view_events"]);
  await person({ roles: ["night_watch"] });
  const page = await as(owner);
  await page.goto("/settings/roles?edit=night_watch");
  await alive(page);
  await page.getByRole("link", { name: "Limits, hours, base roles" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Night watch" })).toBeVisible();
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");

  // Only events of the group EU firewalls, high or critical, of the last 30 days, in the user's teams.
  await access(page, "View Events").selectOption("Team");
  await page.getByRole("button", { name: "Limits: View Events" }).click();
  const limits = builder(page, "View Events");
  await limits.getByRole("combobox", { name: "Add a condition" }).selectOption({ label: "and Data source…" });
  await limits.getByLabel("and Data source").selectOption("is in the group");
  await limits.getByLabel("EU firewalls").check();
  await limits.getByRole("combobox", { name: "Add a condition" }).selectOption({ label: "and Severity…" });
  await limits.getByLabel("critical").check();
  await limits.getByLabel("high", { exact: true }).check();
  await limits.getByRole("combobox", { name: "Add a condition" }).selectOption({ label: "and Time…" });
  await expect(
    page.getByText(/teams · Data source.*EU firewalls · Severity.*high or critical · Time.*\b30\b/),
  ).toBeVisible();

  // The trial answers at once, and says what is missing.
  const trial = limits.getByRole("group", { name: "Try it" });
  await trial.getByLabel("It is in one of the user's teams").check();
  await trial.getByLabel("Data source").selectOption("Oslo firewall");
  await trial.getByLabel("Time, days ago").fill("3");
  await trial.getByLabel("Severity").selectOption("low");
  await expect(trial.getByRole("status")).toHaveText(/^Not allowed\b.*: Severity.*high or critical/);
  await trial.getByLabel("Severity").selectOption("high");
  await expect(trial.getByRole("status")).toHaveText("Allowed.");
  await expectAccessibleEditor(page);

  await page.getByLabel("Only at certain hours").check();
  await page.getByRole("group", { name: "Days" }).getByLabel("Friday").uncheck();
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByLabel("Read-only").check();
  await expect(page.getByRole("region", { name: "Save" }).getByRole("status")).toHaveText(
    /\blimits\b.*\b1\b.*, hours\b.*, API access\b.* · 1\b/,
  );
  await save(page).click();
  await expectDone(page, "edit role", "night_watch", "limits, hours, API access");
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  await expect(
    page.getByText(/^Mon–Thu 08:00–18:00 Europe\/Berlin · (open now|closed now, opens )/),
  ).toBeVisible();
  const stored = await database().role.findUniqueOrThrow({
    where: { key: "night_watch" },
    select: { window: true, api: true, grants: { select: { limits: true } } },
  });
  expect(stored).toEqual({
    window: { days: [1, 2, 3, 4], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" },
    api: "read_only",
    grants: [
      {
        limits: [
          {
            scope: "team",
            where: [
              { attribute: "data_source", test: "inGroup", values: ["eu-firewalls"] },
              { attribute: "severity", test: "in", values: ["high", "critical"] },
              { attribute: "occurred_at", test: "withinDays", value: 30 },
            ],
          },
        ],
      },
    ],
  });

  await page.getByRole("link", { name: "All roles" }).click();
  const matrix = matrixOf(page);
  await expect(matrix.header("Night watch")).toContainText("only Mon–Thu 08:00–18:00 Europe/Berlin");
  const cell = matrix.cell("View Events", "Night watch");
  await expect(cell).toHaveText("Limited");
  await cell.click();
  const why = page.getByRole("dialog");
  await expect(why).toContainText(/Data source.*EU firewalls/);
  await expect(why).toContainText("Only Mon–Thu 08:00–18:00 Europe/Berlin");
  await why.getByRole("link", { name: "All of the role Night watch" }).click();
  await expect(access(page, "View Events")).toHaveValue("team");
});

test("T07: base roles are picked, a circle says why not, and the matrix names the way", async ({
  as,
  owner,
}) => {
  await customRole("ground_floor", ["manage_alerts"]);
  await customRole("first_floor", []);
  await customRole("second_floor", []);
  const page = await as(owner);
  for (const [role, base] of [
    ["first_floor", "Ground floor"],
    ["second_floor", "First floor"],
  ] as const) {
    await page.goto(`/settings/roles/role/${role}`);
    await alive(page);
    await page.getByRole("checkbox", { name: base }).check();
    await save(page).click();
    await expectDone(page, "edit role", role, "base roles");
  }
  await expect(page.getByText(/First floor → Ground floor$/)).toBeVisible();
  await page.goto("/settings/roles/role/ground_floor");
  await expect(page.getByRole("checkbox", { name: "Second floor" })).toBeDisabled();
  await expect(page.getByText(/ground_floor.*second_floor.*first_floor.*ground_floor/)).toBeVisible();
  await expect(page.getByText(/ First floor: /)).toBeVisible();
  await page.goto("/settings/roles");
  await expect(matrixOf(page).cell("Manage Alerts", "Second floor")).toHaveAccessibleName(
    /First floor → Ground floor/,
  );
});

test("T08: data sources of a whole role: all, selected or groups, and new permissions keep to it", async ({
  as,
  owner,
}) => {
  await sources();
  await customRole("firewall_team", ["view_events", "manage_roles"]);
  const page = await as(owner);
  await page.goto("/settings/roles/role/firewall_team");
  await alive(page);
  const section = page.getByRole("region", { name: "Data source" });
  await section.getByLabel("Groups").check();
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  await section.getByLabel("EU firewalls").check();
  await access(page, "Manage Alerts").selectOption("All data");
  await save(page).click();
  await expectDone(page, "edit role", "firewall_team", /\b1 \w+, 0 \w+, limits\b/);
  const grants = await database().grant.findMany({
    where: { role: { key: "firewall_team" } },
    select: { permissionKey: true, limits: true },
    orderBy: { permissionKey: "asc" },
  });
  const limits = [
    { scope: "global", where: [{ attribute: "data_source", test: "inGroup", values: ["eu-firewalls"] }] },
  ];
  expect(grants).toEqual([
    { permissionKey: "manage_alerts", limits },
    { permissionKey: "manage_roles", limits: [] },
    { permissionKey: "view_events", limits },
  ]);
  await section.getByLabel("All", { exact: true }).check();
  await save(page).click();
  await expect(access(page, "View Events")).toHaveValue("global");
  await expect(page.getByText(/Only.*Data source.*EU firewalls/)).toHaveCount(0);
});

test("by keyboard alone, and what another saved meanwhile is kept beside one's own", async ({
  as,
  owner,
}) => {
  await customRole("shared_role", ["view_events"]);
  const page = await as(owner);
  const other = await as(await person({ roles: ["ADMINISTRATOR"], username: "other_admin" }));
  await page.goto("/settings/roles/role/shared_role");
  await alive(page);
  await access(page, "View Events").focus();
  await page.keyboard.press("p");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Limits: View Events" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(builder(page, "View Events")).toBeVisible();

  await other.goto("/settings/roles/role/shared_role");
  await alive(other);
  await access(other, "Manage Alerts").selectOption("Organization");
  await save(other).click();
  await expectDone(other, "edit role", "shared_role", /\b1 \w+, 0\b/);

  await save(page).focus();
  await page.keyboard.press("Enter");
  await expectTold(page, "edit_conflict", "other_admin", "shared_role");
  await expect(access(page, "Manage Alerts")).toHaveValue("organization");
  await expect(access(page, "View Events")).toHaveValue("personal");
  await save(page).click();
  await expectDone(page, "edit role", "shared_role", /\b0 \w+, 0 \w+, limits\b/);
});

test("what is changed while a save is under way stays a change of its own", async ({ as, owner }) => {
  await customRole("two_steps", ["view_events"]);
  const page = await as(owner);
  await page.goto("/settings/roles/role/two_steps");
  await alive(page);
  const gate = Promise.withResolvers<void>();
  await page.route("**/role/two_steps", async (route) => {
    if (route.request().method() === "POST") await gate.promise;
    await route.continue();
  });
  await access(page, "Manage Alerts").selectOption("Organization");
  await save(page).click();
  await access(page, "View Events").selectOption("Personal");
  gate.resolve();
  await expectDone(page, "edit role", "two_steps", /\b1 \w+, 0\b/);
  await expect(access(page, "Manage Alerts")).toHaveValue("organization");
  await expect(access(page, "View Events")).toHaveValue("personal");
  await save(page).click();
  await expectDone(page, "edit role", "two_steps", /\b0 \w+, 0 \w+, limits\b/);
});

test("leaving with unsaved changes asks: by link, by command, by Back and Forward", async ({ as, owner }) => {
  await customRole("half_done", ["view_events"]);
  const page = await as(owner);
  await page.goto("/settings/roles/role/half_done");
  await alive(page);
  await page.getByRole("link", { name: "All roles" }).click();
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
  await page.goBack();
  await page.getByLabel("Only at certain hours").check();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  const stay = async () => {
    await expect(question).toContainText(/^.*\bhours\b/);
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(page.getByLabel("Only at certain hours")).toBeChecked();
  };
  await page.getByRole("link", { name: "All roles" }).click();
  await expectAccessible(page);
  await stay();
  await expect(page.getByRole("link", { name: "All roles" })).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("calculator");
  await page.keyboard.press("Enter");
  await stay();
  await page.evaluate(() => history.forward());
  await stay();
  // Another query on the same page is no leaving.
  await page.getByRole("link", { name: "Delete role" }).click();
  await page
    .getByRole("dialog", { name: /Delete/ })
    .getByRole("link", { name: "Cancel" })
    .click();
  await expect(question).toBeHidden();
  await page.getByRole("link", { name: "All roles" }).click();
  await question.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();

  const matrix = matrixOf(page);
  await matrix.pencil("Half done").click();
  await matrix.box("Manage Alerts", "Half done").check();
  await page.getByRole("link", { name: "Limits, hours, base roles" }).click();
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(matrix.box("Manage Alerts", "Half done")).toBeChecked();
});

test("a locked role is shown, and says why it cannot be changed", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles/role/ADMINISTRATOR");
  await expect(page.getByText("Cannot modify built-in role permissions")).toBeVisible();
  await expect(access(page, "View Events")).toBeDisabled();
  await expect(save(page)).toHaveCount(0);
  await expectAccessible(page);
});
