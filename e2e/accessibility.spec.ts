import type { Page } from "@playwright/test";
import { password, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";
import type { Installation } from "./installation.ts";

// Each look at a page takes a second or more.
test.describe.configure({ timeout: 180_000 });

/** A list with everything that a row can show. */
const people = (installation: Installation) =>
  installation.once("people", async () => {
    await person({ roles: ["admin"], username: "adam", givenName: "Adam", familyName: "Ant" });
    await person({
      roles: ["readonly"],
      username: "left",
      givenName: "Leona",
      familyName: "Left",
      active: false,
    });
    for (let number = 0; number < 25; number += 1) await person({ roles: ["user"] });
  });

test.describe("an installation without accounts", () => {
  test.use({ share: "nothing" });

  test("the set-up page is accessible without its link, with it, and with errors", async ({
    page,
    installation,
  }) => {
    await page.goto("/setup");
    await expectAccessible(page);
    await page.goto(installation.setupLink);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
    await expectAccessible(page);
  });
});

test("the sign-in page is accessible, empty and with an error", async ({ page, owner }) => {
  await page.goto("/sign-in");
  await expectAccessible(page);
  await fillSignIn(page, owner.username, "wrong");
  await expect(page.getByText("Invalid credentials")).toBeVisible();
  await expectAccessible(page);
});

test("the sign-up page is accessible, closed, open and with errors", async ({ as, owner }) => {
  const [page, admin] = [await as(undefined), await as(owner)];
  await page.goto("/sign-up");
  await expectAccessible(page);
  await admin.goto("/settings/users");
  await admin.getByLabel("Enable User Self-Registration").check();
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Save Settings" }).click();
  await expectDone(admin, "save registration settings");
  await expectAccessible(admin);
  await page.reload();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("the users page is accessible, full, searched and empty", async ({ as, owner, installation }) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/users");
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Search users" }).fill("role:");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.goto("/settings/users?q=zebra");
  await expectAccessible(page);
});

/** The button of an act: of the bar, or of the dialog over it. */
const pressOn = (page: Page) => (act: string) =>
  page.getByRole("button", { name: act, exact: true }).last().click();

test("a selection is accessible: its bar and what it asks", async ({ as, owner, installation }) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expectAccessible(page);
  const press = pressOn(page);
  for (const act of ["Set role", "Delete"]) {
    await press(act);
    await press(act);
    await expect(page.getByRole("dialog").locator("[aria-invalid=true]")).toBeVisible();
    await expectAccessible(page);
    await press("Cancel");
  }
});

test("an act on many is accessible while it runs and when it is over", async ({
  as,
  owner,
  installation,
}) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/users?q=o");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  let release = () => {};
  const held = new Promise<void>((go) => {
    release = go;
  });
  await page.route("**/settings/users*", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  const press = pressOn(page);
  await press("Deactivate");
  await press("Deactivate");
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expectAccessible(page);
  release();
  await expect(page.getByRole("heading", { name: /refused; they stay selected/ })).toBeVisible();
  await expectAccessible(page);
});

test("Add User is accessible, empty and with errors", async ({ as, owner, installation }) => {
  await people(installation);
  const page = await as(owner);
  await page.goto("/settings/users?add");
  await expectAccessible(page);
  const dialog = page.getByRole("dialog");
  await fillIdentity(dialog, { username: "Adam", email: "adam@" });
  await dialog.getByLabel("Password", { exact: true }).fill(password.slice(0, 5));
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(dialog.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("Edit user is accessible, for oneself and for others, and with a conflict", async ({ as, owner }) => {
  const eve = await person({ roles: ["user"], username: "eve" });
  const [page, other] = [await as(owner), await as(owner)];
  await page.goto(`/settings/users?edit=${owner.id}`);
  await expectAccessible(page);
  for (const tab of [page, other]) await tab.goto(`/settings/users?edit=${eve.id}`);
  await expectAccessible(page);
  await other.getByRole("button", { name: "Update User" }).click();
  await expect(other.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Update User" }).click();
  await expectTold(page, "edit_conflict");
  await expectAccessible(page);
});

test("one's own page, the forbidden page and a page that is not there are accessible", async ({
  as,
  owner,
  problems,
}) => {
  problems.expect(/status of 403/, /status of 404/);
  const page = await as(owner);
  await page.goto("/account");
  await expectAccessible(page);
  await page.goto("/nowhere");
  await expectAccessible(page);
  const low = await as(await person({ roles: ["user"], username: "low" }));
  await low.goto("/settings/users");
  await expect(low.getByRole("heading", { name: "Forbidden" })).toBeVisible();
  await expectAccessible(low);
});

test("the navigation of a phone, the command palette and the user menu are accessible", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/account");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Go to or do" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Olivia Owens" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/settings/users");
  const navigation = page.getByRole("navigation", { name: "Console" });
  await expect(navigation).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(navigation).toBeVisible();
  await navigation.getByRole("link", { name: "Roles" }).click();
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
  await expect(navigation).toBeHidden();
});
