import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { type Person, password, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold, saidFor } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn } from "./forms.ts";

async function openEditor(page: Page, { username }: Person) {
  await page.goto(`/settings/users?q=${username}`);
  await page.getByRole("link", { name: `Edit ${username}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return { dialog, save: dialog.getByRole("button", { name: "Update User" }) };
}

const storedUser = (id: string) =>
  database().user.findUniqueOrThrow({
    where: { id },
    select: {
      name: true,
      email: true,
      active: true,
      assignments: { select: { role: { select: { key: true } } } },
    },
  });

test("a changed name, email and role are saved, and the user's sessions end (P30)", async ({ as, owner }) => {
  const jane = await person({ roles: ["user"], username: "jane", givenName: "Jane", familyName: "Doe" });
  const hers = await as(jane);
  await hers.goto("/account");
  const page = await as(owner);
  const { dialog, save } = await openEditor(page, jane);
  await expect(dialog.getByLabel("Username")).toBeHidden();
  await dialog.getByLabel("Last name").fill("Smith");
  await dialog.getByLabel("Email").fill("jane.smith@example.com");
  await dialog.getByLabel("Role").selectOption("Host manager");
  await save.click();
  await expectDone(page, "edit user", "jane", /\b1\b/);
  await expect(page.getByRole("row", { name: /Jane Smith/ })).toContainText("Host manager");
  expect(await storedUser(jane.id)).toEqual({
    name: "Jane Smith",
    email: "jane.smith@example.com",
    active: true,
    assignments: [{ role: { key: "host_manager" } }],
  });
  await hers.reload();
  await expect(hers).toHaveURL("/sign-in?next=%2Faccount");
});

test("a change of the name alone ends no session", async ({ as, owner }) => {
  const kim = await person({ roles: ["user"], username: "kim", givenName: "Kim" });
  const theirs = await as(kim);
  const page = await as(owner);
  const { dialog, save } = await openEditor(page, kim);
  await dialog.getByLabel("First name").fill("Kimberly");
  await save.click();
  await expectDone(page, "edit user", /kim$/);
  await theirs.goto("/account");
  await expect(theirs.getByText("Kimberly · kim@example.com")).toBeVisible();
});

test("unticking Active shuts a user out at once, ticking it lets them in again (P36)", async ({
  as,
  owner,
}) => {
  const ben = await person({ roles: ["user"], username: "ben" });
  const his = await as(ben);
  await his.goto("/account");
  const page = await as(owner);
  const first = await openEditor(page, ben);
  await first.dialog.getByLabel("Active user").uncheck();
  await first.save.click();
  await expect(page.getByRole("row", { name: /ben/ }).getByText("Inactive", { exact: true })).toBeVisible();

  await his.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Your access" }).click();
  await expect(his).toHaveURL(/\/sign-in/);
  await fillSignIn(his, "ben", password);
  await expectTold(his, "bad_credentials");
  const trail = await database().auditEvent.findMany({ where: { targetId: ben.id, action: "edit user" } });
  expect(trail).toHaveLength(1);

  const second = await openEditor(page, ben);
  await second.dialog.getByLabel("Active user").check();
  await second.save.click();
  await expect(page.getByRole("row", { name: /ben/ }).getByText("Active", { exact: true })).toBeVisible();
  await fillSignIn(his, "ben", password);
  await expect(his.getByRole("heading", { name: "Your access" })).toBeVisible();
});

test("nobody changes their own role or deactivates themselves: both are fixed and say why (P31)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const { dialog, save } = await openEditor(page, owner);
  await expect(dialog.getByText("Cannot change your own role")).toBeVisible();
  await expect(dialog.getByRole("combobox")).toHaveCount(0);
  const active = dialog.getByLabel("Active user");
  await expect(active).toBeDisabled();
  await expect(active).toHaveAccessibleDescription(/\S/);
  await dialog.getByLabel("Last name").fill("Oakley");
  await save.click();
  await expect(page.getByRole("row", { name: /Olivia Oakley/ })).toContainText("Super Admin");
});

test("what an administrator may not do stays visible and says why (P24)", async ({ as, owner }) => {
  const admin = await person({ roles: ["admin"], username: "adam" });
  const helper = await person({ roles: ["user"], username: "helper" });
  const page = await as(admin);
  const { dialog } = await openEditor(page, helper);
  const option = dialog.getByRole("option", { name: /^Super Admin/ });
  await expect(option).toBeDisabled();
  await expect(option).toHaveText(/You do not have permission to assign the role: superadmin/);
  await expect(dialog.getByRole("option", { name: /^Admin/ })).toBeDisabled();

  await page.goto(`/settings/users?q=${owner.username}`);
  const edit = page.getByRole("button", { name: "Edit olivia" });
  await expect(edit).toBeDisabled();
  await expect(edit).toHaveAccessibleDescription(/Cannot modify a user with a higher-privilege role/);
});

test("of two administrators who edit one user the second is told, loses nothing and saves again", async ({
  as,
  owner,
}) => {
  const lee = await person({ roles: ["user"], username: "lee", givenName: "Lee", familyName: "Wong" });
  const [one, two] = [await as(owner), await as(await person({ roles: ["superadmin"], username: "sam" }))];
  const first = await openEditor(one, lee);
  const second = await openEditor(two, lee);
  await first.dialog.getByLabel("Role").selectOption("Readonly");
  await first.save.click();
  await expect(first.dialog).toBeHidden();

  await second.dialog.getByLabel("Last name").fill("Wong-Miller");
  await second.save.click();
  await expectTold(second.dialog, "edit_conflict", "olivia", "lee");
  const theirs = second.dialog.getByRole("row", { name: /^Role/ });
  await expect(theirs.getByRole("cell")).toHaveText(["Readonly", "User"]);
  await expect(saidFor(second.dialog, "edit_conflict").filter({ has: two.getByRole("table") })).toContainText(
    "olivia",
  );
  await expect(second.dialog.getByRole("row")).toHaveCount(2);
  await expectAccessible(two);
  await expect(second.dialog.getByLabel("Last name")).toHaveValue("Wong-Miller");
  expect((await storedUser(lee.id)).name).toBe("Lee Wong");
  await second.save.click();
  await expect(second.dialog).toBeHidden();
  expect((await storedUser(lee.id)).name).toBe("Lee Wong-Miller");
});
