import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { password } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { expectDone, expectInvalid } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { formOf, sendForm } from "./forge.ts";
import { addFields, fillIdentity } from "./forms.ts";

async function turn(page: Page, on: boolean, role = "User") {
  await page.goto("/settings/users");
  const section = page.getByRole("region", { name: "User Registration Settings" });
  await section.getByLabel("Enable User Self-Registration").setChecked(on);
  await section.getByLabel("Default Role for New Users").selectOption(role);
  await section.getByRole("button", { name: "Save Settings" }).click();
  await expectDone(page, "save registration settings", on ? /\bon$/ : /\boff$/);
}

const rolesOf = async (username: string) => {
  const held = await database().assignment.findMany({
    where: { user: { username } },
    select: { role: { select: { key: true } } },
  });
  return held.map(({ role }) => role.key);
};

test("User Registration Settings are a switch, a default role and Save Settings (P26)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  const section = page.getByRole("region", { name: "User Registration Settings" });
  await expect(section.getByLabel("Enable User Self-Registration")).not.toBeChecked();
  await expect(section.getByLabel("Default Role for New Users")).toHaveValue("user");
  await section.getByLabel("Enable User Self-Registration").check();
  await section.getByLabel("Default Role for New Users").selectOption("Readonly");
  await section.getByRole("button", { name: "Save Settings" }).click();
  await expectDone(page, "save registration settings");
  await page.reload();
  await expect(section.getByLabel("Enable User Self-Registration")).toBeChecked();
  await expect(section.getByLabel("Default Role for New Users")).toHaveValue("readonly");
});

test("turning self-registration on warns about installations on the internet (P29)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await turn(page, false);
  const warning = page.getByRole("status").getByText("Security Notice");
  await expect(warning).toBeHidden();
  await page.getByLabel("Enable User Self-Registration").check();
  await expect(warning).toBeVisible();
  await expect(page.getByText("Security Notice")).toBeVisible();
});

test("the sign-up link is on the sign-in page exactly while self-registration is on (P27)", async ({
  as,
  owner,
}) => {
  const [page, visitor] = [await as(owner), await as(undefined)];
  const link = visitor.getByRole("link", { name: "Sign up" });
  await turn(page, true);
  await visitor.goto("/sign-in");
  await link.click();
  await expect(visitor.getByRole("heading", { name: "Create your account" })).toBeVisible();

  await turn(page, false);
  await visitor.goto("/sign-in");
  await expect(visitor.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(link).toHaveCount(0);
  await visitor.goto("/sign-up");
  await expect(visitor.getByText("User signup is currently disabled.")).toBeVisible();
  await expect(visitor.getByRole("textbox")).toHaveCount(0);
});

test("with self-registration off a sign-up form that was opened before is refused (P27)", async ({
  as,
  owner,
}) => {
  const [page, visitor] = [await as(owner), await as(undefined)];
  await turn(page, true);
  await visitor.goto("/sign-up");
  await fillIdentity(visitor, { username: "late", email: "late@example.com" });
  await visitor.getByLabel("Password", { exact: true }).fill(password);
  const sent = await formOf(visitor.getByRole("button", { name: "Sign up" }));
  await turn(page, false);
  const before = await stored();

  await visitor.getByRole("button", { name: "Sign up" }).click();
  await expect(visitor.getByRole("alert").getByText("User signup is currently disabled")).toBeVisible();
  for (const way of ["script", "form"] as const) {
    const answer = await sendForm(sent, { way });
    expect(answer.text).toContain("User signup is currently disabled");
  }
  expect(await stored()).toEqual(before);
});

test("who signs up is signed in with the default role, whatever role is sent (P28)", async ({
  as,
  owner,
}) => {
  const [page, visitor] = [await as(owner), await as(undefined)];
  await turn(page, true, "Readonly");
  await visitor.goto("/sign-up");
  await fillIdentity(visitor, {
    username: "nina",
    email: "nina@example.com",
    givenName: "Nina",
    familyName: "Nielsen",
  });
  await visitor.getByLabel("Password", { exact: true }).fill(password);
  const button = visitor.getByRole("button", { name: "Sign up" });
  await addFields(button, { role: "superadmin", roles: "superadmin", active: "on", source: "setup" });
  await button.click();
  await expect(visitor.getByText("Nina Nielsen · nina@example.com")).toBeVisible();
  await expect(visitor.getByRole("heading", { name: "Permissions 5/20" })).toBeVisible();
  expect(await rolesOf("nina")).toEqual(["readonly"]);
});

test("each bad field of the sign-up form is named beside the field, a taken name too", async ({
  as,
  owner,
}) => {
  const [page, visitor] = [await as(owner), await as(undefined)];
  await turn(page, true);
  await visitor.goto("/sign-up");
  await fillIdentity(visitor, { username: "OLIVIA", email: "olivia@Example.com" });
  await visitor.getByLabel("Password", { exact: true }).fill(password);
  await visitor.getByRole("button", { name: "Sign up" }).click();
  await expect(visitor.getByLabel("Username")).toBeFocused();
  await expectInvalid(visitor.getByLabel("Username"), "taken");
  await expectInvalid(visitor.getByLabel("Email"), "taken");
});
