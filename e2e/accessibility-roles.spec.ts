import { customRole, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";

// Each look at a page takes a second or more.
test.describe.configure({ timeout: 180_000 });

test("the role matrix is accessible, whole, with an answer open, searched and without a match", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/roles");
  await expectAccessible(page);
  await matrixOf(page).cell("Manage Superusers", "Super Admin").click();
  await expect(page.getByRole("dialog", { name: "Manage Superusers" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Search permissions" }).fill("zebra");
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  await expectAccessible(page);
});

test("Add Role is accessible, empty and with errors", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/roles?add");
  await expectAccessible(page);
  await page.getByRole("group", { name: "Templates" }).getByRole("button", { name: "Admin" }).click();
  await page.getByLabel("Role name").fill("Not a name");
  await page.getByRole("button", { name: "Add role" }).click();
  await expect(page.getByLabel("Role name")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("the editor of a role is accessible with a draft, its questions and somebody else's change", async ({
  as,
  owner,
}) => {
  await customRole("edited", ["can_view_hosts"]);
  const [page, other] = [await as(owner), await as(await person({ roles: ["superadmin"], username: "sam" }))];
  for (const tab of [page, other]) await tab.goto("/settings/roles?edit=edited");
  const { box, editor } = matrixOf(page);
  await box("Manage Superusers", "Edited").click();
  await box("View Hosts", "Edited").click();
  await expectAccessible(page);
  for (const button of ["Save", "Delete role"]) {
    await editor("Edited").getByRole("button", { name: button }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("dialog").getByText("Cancel", { exact: true }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await box("View Dashboard", "Edited").focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Keep editing" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await matrixOf(other).box("Export Data", "Edited").click();
  await matrixOf(other).editor("Edited").getByRole("button", { name: "Save" }).click();
  await expect(matrixOf(other).editor("Edited")).toBeHidden();
  await editor("Edited").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Save anyway" }).click();
  await expect(editor("Edited").getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("a role that cannot be edited or is not there is accessible", async ({ as, owner }) => {
  const page = await as(owner);
  for (const [key, reason] of [
    ["admin", "locked_role"],
    ["gone", "role_not_found"],
  ] as const) {
    await page.goto(`/settings/roles?edit=${key}`);
    await expectTold(page, reason);
    await expectAccessible(page);
  }
});

test.describe("limited permissions", () => {
  test.use({ catalogue: "utmstack" });

  test("a matrix with limited and inherited cells is accessible", async ({ as, owner }) => {
    const page = await as(owner);
    await page.goto("/settings/roles");
    await expectAccessible(page);
    await matrixOf(page).cell("View Events", "Viewer").click();
    await expectTold(page, "limited");
    await expectAccessible(page);
  });
});

test.describe("several roles for each user", () => {
  test.use({ catalogue: "uptrakit" });

  test("Add User with several roles and the notice about custom roles are accessible", async ({
    as,
    owner,
  }) => {
    const page = await as(owner);
    await page.goto("/settings/users?add");
    await expectAccessible(page);
    await page.goto("/settings/roles");
    await expectTold(page, "custom_roles_off");
    await expectAccessible(page);
  });
});
