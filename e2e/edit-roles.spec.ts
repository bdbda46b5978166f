import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { type Person, person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

async function openRoles(page: Page, { username }: Person) {
  await page.goto(`/settings/users?q=${username}`);
  await page.getByRole("link", { name: `Roles ${username}`, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "Roles held" })).toBeVisible();
  return dialog;
}

const heldBy = ({ id }: Person) =>
  database().assignment.findMany({
    where: { userId: id },
    orderBy: { role: { position: "asc" } },
    include: { role: { select: { key: true } } },
  });

test.describe("with several roles each", () => {
  test.use({ catalogue: "uptrakit", timezoneId: "Europe/Berlin" });

  test("T04, U02: one save adds two roles and removes one; the list shows them, the user is signed out", async ({
    as,
    owner,
  }) => {
    const jane = await person({ roles: ["viewer", "operator"], username: "jane" });
    const hers = await as(jane);
    await hers.goto("/account");
    const page = await as(owner);
    const dialog = await openRoles(page, jane);
    for (const role of ["Host manager", "Software manager"]) {
      await dialog.getByLabel("Add a role").selectOption(role);
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
    }
    await dialog.getByRole("button", { name: "Remove Operator" }).click();
    await expect(dialog.getByText(/: 2 \w+, 1 \w+\.$/)).toBeVisible();
    await dialog.getByRole("button", { name: "Save roles" }).click();
    await expectDone(page, "edit roles of user", "jane", /\b2 \w+, 1\b/);
    await expect(dialog).toBeHidden();
    expect(await rolesOf(jane)).toEqual(["host_manager", "software_manager", "viewer"]);
    const row = page.getByRole("row", { name: /jane/ });
    for (const label of ["Viewer", "Host manager", "Software manager"])
      await expect(row).toContainText(label);
    await hers.reload();
    await expect(hers).toHaveURL(/\/sign-in/);
  });

  test("T12: start, end, hours, days and time zone are set in the dialog and said in words", async ({
    as,
    owner,
  }) => {
    const kim = await person({ roles: ["viewer"], username: "kim" });
    const page = await as(owner, { timezoneId: "Europe/Berlin" });
    const dialog = await openRoles(page, kim);
    await dialog.getByLabel("Add a role").selectOption("Host manager");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByRole("button", { name: "Times and places of Host manager" }).click();
    await dialog.getByLabel("Starts").fill("2030-01-07T08:00");
    await dialog.getByLabel("Ends").fill("2030-01-05T08:00");
    await dialog.getByLabel("Only at certain hours").check();
    await dialog.getByRole("checkbox", { name: "Monday" }).uncheck();
    await expect(dialog.getByText("Tue–Fri 08:00–18:00 Europe/Berlin")).toBeVisible();
    await dialog.getByLabel("Time zone").fill("Europe/Nowhere");
    await dialog.getByLabel("Reason").fill("stands in for Lee");
    await expect(dialog.getByText("Your clock: Europe/Berlin").first()).toBeVisible();
    await dialog.getByRole("button", { name: "Save roles" }).click();
    await expectTold(dialog, "end_before_start");
    await expectInvalid(dialog.getByLabel("Ends"), "end_before_start");
    await expect(dialog.getByLabel("Ends")).toBeFocused();
    await dialog.getByLabel("Ends").fill("2030-07-01T18:00");
    await dialog.getByRole("button", { name: "Save roles" }).click();
    await expectTold(dialog, "unknown_time_zone", "Europe/Nowhere");
    await dialog.getByLabel("Time zone").fill("Europe/London");
    await dialog.getByRole("button", { name: "Save roles" }).click();
    await expect(dialog).toBeHidden();
    expect((await heldBy(kim))[1]).toMatchObject({
      role: { key: "host_manager" },
      startsAt: new Date("2030-01-07T07:00:00Z"),
      endsAt: new Date("2030-07-01T16:00:00Z"),
      window: { days: [2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/London" },
      reason: "stands in for Lee",
    });
    const chip = page.getByRole("row", { name: /kim/ }).getByText(/from 7 Jan 2030, 08:00/);
    await expect(chip).toHaveText(/until 1 Jul 2030, 18:00 · Tue–Fri 08:00–18:00 Europe\/London/);

    const again = await openRoles(page, kim);
    await expect(again.getByText(/from 7 Jan 2030, 08:00/).last()).toBeVisible();
    await expect(again.getByText(/by olivia/)).toContainText("stands in for Lee");
    await again.getByRole("button", { name: "Times and places of Host manager" }).click();
    await expect(again.getByLabel("Ends")).toHaveValue("2030-07-01T18:00");
    await expectAccessible(page);
  });

  test("T10: a role that is closed now says when it opens again", async ({ as, owner }) => {
    const lou = await person({ roles: ["viewer"], username: "lou" });
    const closed = new Date(Date.now() - 2 * 86_400_000).getUTCDay() || 7;
    const window = { days: [closed], from: "08:00", to: "09:00", timeZone: "UTC" };
    await database().assignment.updateMany({ where: { userId: lou.id }, data: { window } });
    const page = await as(owner);
    const dialog = await openRoles(page, lou);
    await expect(dialog.getByText(/^Closed, opens again \w+ \d\d:00$/)).toBeVisible();
  });

  test("what has ended is not shown, nor found by role", async ({ as, owner }) => {
    const max = await person({ roles: ["viewer", "command_manager"], username: "max" });
    const ended = { endsAt: new Date(Date.now() - 60_000) };
    const where = { userId: max.id, role: { key: "command_manager" } };
    await database().assignment.updateMany({ where, data: ended });
    const page = await as(owner);
    await page.goto("/settings/users?q=max");
    await expect(page.getByRole("row", { name: /max/ })).toContainText("Viewer");
    await expect(page.getByRole("row", { name: /max/ })).not.toContainText("Command manager");
    await page.goto("/settings/users?q=max+role:command_manager");
    await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  });

  test("U05, U14: a preset shows what it changes, names what is dangerous, and is applied in one go", async ({
    as,
    owner,
  }) => {
    const pat = await person({ roles: ["viewer", "operator"], username: "pat" });
    const page = await as(owner);
    const dialog = await openRoles(page, pat);
    await dialog.getByRole("link", { name: "Apply preset" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Administrator" }).click();
    const preview = page.getByRole("dialog");
    await expect(preview.getByRole("definition").nth(0)).toContainText("Command manager");
    await expect(preview.getByRole("definition").nth(1)).toHaveText("Operator");
    await expect(preview.getByRole("definition").nth(2)).toHaveText("Viewer");
    await expect(preview.getByRole("definition").nth(3)).toContainText("Manage commands, Manage users");
    await expectAccessible(page);
    await preview.getByRole("button", { name: "Apply Administrator" }).click();
    await expectTold(preview, "confirmation_required");
    for (const role of ["Settings manager", "Command manager"])
      await preview.getByRole("checkbox", { name: `Yes, give pat the role ${role}` }).check();
    await preview.getByRole("button", { name: "Apply Administrator" }).click();
    await expectDone(page, "apply access preset", "pat", "Administrator");
    expect(await rolesOf(pat)).toEqual([
      "command_manager",
      "host_manager",
      "service_manager",
      "settings_manager",
      "software_manager",
      "viewer",
    ]);
  });

  test("U05: Add User ticks the roles of a preset", async ({ as, owner }) => {
    const page = await as(owner);
    await page.goto("/settings/users?add");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Manager", exact: true }).click();
    await expect(dialog.getByRole("checkbox", { name: "Software manager" })).toBeChecked();
    await expect(dialog.getByRole("checkbox", { name: "Operator" })).not.toBeChecked();
    await expect(dialog.getByText(/\d+ permissions gained, 0\b/)).toBeVisible();
  });

  test("one's own roles are shown and cannot be changed", async ({ as, owner }) => {
    const page = await as(owner);
    const dialog = await openRoles(page, owner);
    await expect(dialog.getByText("Cannot change your own role").first()).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Save roles" })).toBeDisabled();
    await expect(dialog.getByRole("button", { name: "Remove Viewer" })).toBeDisabled();
  });
});

test("with one role each, it is exchanged, and stays one", async ({ as, owner }) => {
  const sam = await person({ roles: ["user"], username: "sam" });
  const page = await as(owner);
  const dialog = await openRoles(page, sam);
  await dialog.getByLabel("Add a role").selectOption("Readonly");
  await expect(dialog.getByRole("button", { name: "Add", exact: true })).toHaveAccessibleDescription(/\S/);
  await dialog.getByRole("button", { name: "Remove User" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByRole("button", { name: "Save roles" }).click();
  await expect(dialog).toBeHidden();
  expect(await rolesOf(sam)).toEqual(["readonly"]);
});
