import { database } from "#lib/kernel/database.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expectDone } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";

const withoutScripts = { javaScriptEnabled: false };

test.describe("set-up", () => {
  test.use({ share: "nothing" });

  test("an installation is set up without scripts (P06)", async ({ as, installation }) => {
    const page = await as(undefined, withoutScripts);
    await page.goto(installation.setupLink);
    await fillIdentity(page, { username: "x", email: "ada@example.com", givenName: "Ada" });
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Username")).toHaveAccessibleDescription(/at least 3 characters/);
    await expect(page.getByLabel("Email")).toHaveValue("ada@example.com");
    await page.getByLabel("Username").fill("ada");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("row", { name: /Ada/ })).toContainText("Super Admin");
    const [ada] = await database().user.findMany();
    expect(ada && (await rolesOf(ada))).toEqual(["superadmin"]);
  });
});

test("signing in and out works without scripts, and says what is wrong", async ({ as, owner }) => {
  const page = await as(undefined, withoutScripts);
  await page.goto("/sign-in?next=/account");
  await fillSignIn(page, owner.username, "not the password");
  await expect(page.getByRole("alert")).toContainText("Invalid credentials");
  await expect(page.getByLabel("Username or email")).toHaveValue(owner.username);
  await fillSignIn(page, owner.username, password);
  await expect(page).toHaveURL("/account");
  await page.getByRole("button", { name: "Olivia Owens" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("a user is added without scripts", async ({ as, owner }) => {
  const page = await as(owner, withoutScripts);
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Add User" }).click();
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await fillIdentity(dialog, { username: "jo", email: "jo@example.com" });
  await dialog.getByLabel("Role").selectOption("Readonly");
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(dialog.getByLabel("Username")).toHaveAccessibleDescription(/at least 3 characters/);
  await expect(dialog.getByLabel("Email")).toHaveValue("jo@example.com");
  await expect(dialog.getByLabel("Role")).toHaveValue("readonly");
  await dialog.getByLabel("Username").fill("joanna");
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(page.getByText("User created successfully: joanna")).toBeVisible();
  await expect(page.getByRole("row", { name: /joanna/ })).toContainText("Readonly");
});

test("self-registration is turned on without scripts", async ({ as, owner }) => {
  const page = await as(owner, withoutScripts);
  await page.goto("/settings/users");
  await page.getByLabel("Enable User Self-Registration").check();
  await page.getByRole("button", { name: "Save Settings" }).click();
  await expectDone(page, "save registration settings");
  await page.goto("/sign-in");
});

test("a profile is saved without scripts, twice, and says so", async ({ as }) => {
  const page = await as(await person({ roles: ["user"] }), withoutScripts);
  await page.goto("/account/profile");
  for (const name of ["Ann", "Anna"]) {
    await page.getByLabel("First name").fill(name);
    await page.getByRole("button", { name: "Save profile" }).click();
    await expectDone(page, "edit own profile");
    await expect(page.getByLabel("First name")).toHaveValue(name);
  }
  await page.goto("/account/profile");
  await expect(page.getByLabel("First name")).toHaveValue("Anna");
});
