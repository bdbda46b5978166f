import { customRole, person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { matrixOf } from "./matrix-page.ts";

test("a role in use is not just deleted: its holders are named, get another role, and it goes (P20)", async ({
  as,
  owner,
}) => {
  const role = await customRole("night_shift", ["can_view_hosts"]);
  const nina = await person({ roles: [role], username: "nina", givenName: "Nina" });
  await person({ roles: [role], username: "noah", givenName: "Noah" });
  const hers = await as(nina);
  await hers.goto("/account");

  const page = await as(owner);
  await page.goto(`/settings/roles?edit=${role}`);
  await matrixOf(page).editor("Night shift").getByRole("button", { name: "Delete role" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete the role Night shift?" });
  await expect(dialog).toContainText(/\b2\b.*Night shift/);
  await expect(dialog).toContainText("Nina and Noah");
  await expectAccessible(page);
  await dialog.getByRole("link", { name: "See all 2 in the users list" }).click();
  await expect(page).toHaveURL("/settings/users?role=night_shift");
  await expect(page.getByRole("row", { name: /Nina|Noah/ })).toHaveCount(2);
  await page.goBack();

  const go = dialog.getByRole("button", { name: "Give them another role and delete" });
  await go.click();
  const instead = dialog.getByLabel("Give them instead");
  await expectTold(dialog, "single_role");
  await expect(instead).toBeFocused();
  await instead.selectOption("Readonly");
  await go.click();
  await expectDone(page, "reassign and delete role", "night_shift", /\b2\b/);
  await expect(page).toHaveURL("/settings/roles");
  await expect(matrixOf(page).pencil("Night shift")).toHaveCount(0);
  expect(await rolesOf(nina)).toEqual(["readonly"]);
  await hers.reload();
  await expect(hers).toHaveURL(/sign-in/);
});

test("a role that nobody holds is asked about and goes; Esc leaves it (P21)", async ({ as, owner }) => {
  await customRole("unused", []);
  const page = await as(owner);
  await page.goto("/settings/roles?edit=unused");
  const button = matrixOf(page).editor("Unused").getByRole("button", { name: "Delete role" });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Delete the role Unused?" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await button.click();
  await dialog.getByRole("button", { name: "Delete role" }).click();
  await expectDone(page, "delete role", "unused");
  await expect(matrixOf(page).pencil("Unused")).toHaveCount(0);
});
