import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { holdAs } from "#test/assignments.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity } from "./forms.ts";

test.use({ catalogue: "uptrakit" });

const everyRole = [
  "command_manager",
  "host_manager",
  "operator",
  "service_manager",
  "settings_manager",
  "software_manager",
  "system_administrator",
  "viewer",
];

const named = (username: string) => database().user.findUniqueOrThrow({ where: { usernameKey: username } });

test.describe("from the first visitor on", () => {
  test.use({ share: "nothing" });

  test("the first user receives all 8 roles by password, every later one viewer only (U03 by password, U04)", async ({
    as,
    page,
    installation,
  }) => {
    await page.goto(installation.setupLink);
    await fillIdentity(page, { username: "ulrike", email: "ulrike@example.com" });
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("row", { name: /ulrike.*You/ })).toBeVisible();
    expect(await rolesOf(await named("ulrike"))).toEqual(everyRole);
    const settings = page.getByRole("region", { name: "User Registration Settings" });
    await expect(settings.getByLabel("Default Role for New Users")).toHaveValue("viewer");
    await settings.getByLabel("Enable User Self-Registration").check();
    await settings.getByRole("button", { name: "Save Settings" }).click();
    await expect(page.getByRole("status").getByText("Self-registration is on")).toBeVisible();
    await page.goto("/account");
    await expect(page.getByRole("heading", { name: "Permissions 32/32" })).toBeVisible();

    const later = await as(undefined);
    await later.goto("/sign-up");
    await fillIdentity(later, { username: "udo", email: "udo@example.com" });
    await later.getByLabel("Password", { exact: true }).fill(password);
    await later.getByRole("button", { name: "Sign up" }).click();
    await expect(later.getByRole("button", { name: "udo" })).toContainText("Viewer");
    await later.goto("/account");
    await expect(later.getByRole("heading", { name: "Permissions 4/32" })).toBeVisible();
    expect(await rolesOf(await named("udo"))).toEqual(["viewer"]);
  });
});

test.describe("the last who holds manage_users for good", () => {
  const refusal = /Cannot remove manage_users permission from the last user who has it/;

  /** Somebody who manages users only until tomorrow acts on the owner. */
  async function helper(as: (who: { id: string }) => Promise<Page>): Promise<Page> {
    const one = await person({ roles: ["settings_manager"] });
    await holdAs(one, "settings_manager", { end: new Date(Date.now() + 24 * 3_600_000) });
    return as(one);
  }

  test("is not demoted, not deactivated and not deleted, and the rule is named (U11)", async ({
    as,
    owner,
  }) => {
    const page = await helper(as);
    const dialog = page.getByRole("dialog");
    await page.goto(`/settings/users?edit=${owner.id}`);
    await dialog.getByRole("checkbox", { name: /^Settings manager/ }).uncheck();
    await dialog.getByRole("button", { name: "Update User" }).click();
    await expect(dialog.getByRole("alert").getByText(refusal)).toBeVisible();

    await page.goto(`/settings/users?edit=${owner.id}`);
    await dialog.getByLabel("Active user").uncheck();
    await dialog.getByRole("button", { name: "Update User" }).click();
    await expect(dialog.getByRole("alert").getByText(refusal)).toBeVisible();

    await page.goto(`/settings/users?delete=${owner.id}`);
    await dialog.getByRole("button", { name: "Delete olivia" }).click();
    await expect(dialog.getByRole("alert").getByText(refusal)).toBeVisible();
    expect(await rolesOf(owner)).toEqual(everyRole);
    expect((await named("olivia")).active).toBe(true);
  });
});
