import { database } from "#lib/kernel/database.ts";
import { customRole, password, person } from "#test/people.ts";
import { expectInvalid } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";

const jane = { username: "jane", email: "jane@example.com", givenName: "Jane", familyName: "Doe" };

test("Add User has an address of its own and puts the focus on its first field", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Add User" }).click();
  await expect(page).toHaveURL("/settings/users?add=");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await expect(dialog.getByLabel("Username")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL("/settings/users");
  await expect(page.getByRole("link", { name: "Add User" })).toBeFocused();
  await page.goBack();
  await expect(dialog).toBeVisible();
});

test("every invalid field of Add User is named beside the field, and the first has the focus (P22)", async ({
  as,
  owner,
}) => {
  await person({ roles: ["user"], username: "taken" });
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  const username = dialog.getByLabel("Username");
  const email = dialog.getByLabel("Email");
  const secret = dialog.getByLabel("Password", { exact: true });
  const create = dialog.getByRole("button", { name: "Create User" });

  await fillIdentity(dialog, { username: "jd", email: "jane@", givenName: "", familyName: "" });
  await secret.fill("short");
  await create.click();
  await expect(username).toBeFocused();
  await expectInvalid(username, "too_small");
  await expectInvalid(email, "invalid_format");

  await fillIdentity(dialog, { username: "jane", email: "jane@example.com" });
  await create.click();
  await expect(secret).toBeFocused();
  await expectInvalid(secret, "too_small");
  await expect(secret).toHaveAccessibleDescription(/\b15\b/);
  await expect(username).toHaveValue("jane");
  await expect(username).not.toHaveAttribute("aria-invalid");

  await username.fill("Taken");
  await email.fill("TAKEN@example.com");
  await secret.fill(password);
  await create.click();
  await expect(username).toBeFocused();
  await expectInvalid(username, "taken");
  await expectInvalid(email, "taken");
  expect(await database().user.count({ where: { username: { in: ["jd", "jane"] } } })).toBe(0);
});

test("a user who was just created can sign in straight away (P22, P23)", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await fillIdentity(dialog, jane);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByLabel("Role").selectOption("Host manager");
  await dialog.getByRole("button", { name: "Create User" }).click();

  await expect(page.getByRole("status").getByText("User created successfully: jane")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL("/settings/users");
  const row = page.getByRole("row", { name: /Jane Doe/ });
  await expect(row).toContainText("jane@example.com");
  await expect(row.getByRole("cell", { name: "Host manager" })).toBeVisible();
  await expect(row).toContainText("Active");
  await expect(row).toContainText("Never");

  const hers = await as(undefined);
  await hers.goto("/sign-in");
  await fillSignIn(hers, "jane", password);
  await expect(hers.getByRole("heading", { name: "Your access" })).toBeVisible();
  await expect(hers.getByText("Jane Doe · jane@example.com")).toBeVisible();
  await expect(hers.getByRole("heading", { name: "Permissions 13/20" })).toBeVisible();
});

test("first and last name are optional, and the role is one of all roles, built in or custom (P01, P22)", async ({
  as,
  owner,
}) => {
  await customRole("night_shift", []);
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  const role = dialog.getByLabel("Role");
  await expect(role.getByRole("option")).toHaveText([
    "Super Admin \u26a0 (dangerous)",
    "Admin \u26a0 (dangerous)",
    "Host manager",
    "User",
    "Readonly",
    "Night shift",
  ]);
  await expect(role).toHaveValue("user");
  await expect(role).not.toHaveAttribute("multiple");
  await fillIdentity(dialog, { username: "nameless", email: "nameless@example.com" });
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await role.selectOption("Night shift");
  await dialog.getByRole("button", { name: "Create User" }).click();
  await expect(page.getByRole("row", { name: /nameless/ })).toContainText("Night shift");
});

test("a password may be looked at while it is typed", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const secret = page.getByLabel("Password", { exact: true });
  await secret.fill(password);
  await expect(secret).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(secret).toHaveAttribute("type", "text");
  await expect(secret).toHaveValue(password);
});
