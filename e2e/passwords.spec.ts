import type { Page } from "@playwright/test";
import { type Person, password, person } from "#test/people.ts";
import { expectDone, expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

const secret = "seven green bottles of ink";

async function enter(page: Page, { username }: Person, word: string) {
  await page.goto("/sign-in");
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(word);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The row action of somebody, by the name that assistive technology reads. */
const rowAction = (page: Page, label: string, { username }: Person) =>
  page.getByRole("link", { name: `${label} ${username}` });

test("an administrator makes a reset link, its owner chooses a password, and the old one is dead (P33)", async ({
  as,
  owner,
}) => {
  const who = await person({ roles: ["user"] });
  const theirs = await as(who);
  await theirs.goto("/account");
  await expect(theirs.getByRole("heading", { name: "Your access" })).toBeVisible();

  const page = await as(owner);
  await page.goto(`/settings/users?q=${who.username}`);
  await rowAction(page, "Reset password", who).click();
  await page.getByRole("button", { name: "Make link" }).click();
  const link = await page.getByLabel("Reset link").inputValue();
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);

  await theirs.goto(link);
  await expect(theirs).toHaveURL("/reset-password");
  await theirs.getByLabel("New password").fill(`${who.username} ${who.username}`);
  await expect(theirs.getByRole("status").getByText(/"[^"]+"/)).toBeVisible();
  await theirs.getByRole("button", { name: "Set password" }).click();
  await expectInvalid(theirs.getByLabel("New password"), "known_word");
  await theirs.getByLabel("New password").fill(secret);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await expectDone(theirs, "choose password with link");

  await enter(theirs, who, password);
  await expect(theirs.getByText("Invalid credentials").first()).toBeVisible();
  await enter(theirs, who, secret);
  await expect(theirs).toHaveURL("/account");
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("a reset link works without scripts", async ({ as, owner }) => {
  const who = await person({ roles: ["user"] });
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto("/settings/users");
  await rowAction(page, "Reset password", who).click();
  await page.getByRole("button", { name: "Make link" }).click();
  const plain = await as(undefined, { javaScriptEnabled: false });
  await plain.goto(await page.getByLabel("Reset link").inputValue());
  await plain.getByLabel("New password").fill(secret);
  await plain.getByRole("button", { name: "Set password" }).click();
  await enter(plain, who, secret);
  await expect(plain).toHaveURL("/account");
});

test("somebody changes their own password: other browsers are signed out, this one stays", async ({ as }) => {
  const who = await person({ roles: ["readonly"] });
  const [page, other] = [await as(who), await as(who)];
  await page.goto("/account/password");
  await expect(page.getByLabel("Forget trusted devices as well")).not.toBeChecked();
  await page.getByLabel("Present password").fill("not this one");
  await page.getByLabel("New password").fill(secret);
  await page.getByRole("button", { name: "Change password" }).click();
  await expectInvalid(page.getByLabel("Present password"), "wrong_password");
  await page.getByLabel("Present password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expectDone(page, "change own password", /\b1\b/);
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(page).toHaveURL("/account/password");
});

test("deleting names the person, says that it is for good and offers to deactivate (O07, P36, P38)", async ({
  as,
  owner,
}) => {
  const who = await person({ roles: ["user"], givenName: "Mary", familyName: "Poppins" });
  const page = await as(owner);
  await page.goto(`/settings/users?q=${who.username}`);
  await rowAction(page, "Delete", who).click();
  const dialog = page.getByRole("dialog", { name: "Delete Mary Poppins?" });
  await expectTold(dialog, "permanent");
  await dialog.getByRole("button", { name: "Deactivate instead" }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("row", { name: /Mary Poppins/ }).getByText("Inactive", { exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole("button", { name: `Reset password ${who.username}` }),
  ).toHaveAccessibleDescription(/inactive user/);

  await rowAction(page, "Delete", who).click();
  await expect(dialog.getByRole("button", { name: "Deactivate instead" })).toBeHidden();
  await dialog.getByRole("button", { name: `Delete ${who.username}` }).click();
  await expectDone(page, "delete user", who.username);
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
});

test("what a rule protects stays visible, and says which rule (P39, P42)", async ({ as, owner }) => {
  const admin = await person({ roles: ["admin"] });
  const page = await as(admin);
  await page.goto("/settings/users");
  for (const [label, who, why] of [
    ["Delete", admin, /own account/],
    ["Reset password", admin, /own password/],
    ["Delete", owner, /higher-privilege role/],
    ["Reset password", owner, /higher-privilege role/],
  ] as const) {
    const button = page.getByRole("button", { name: `${label} ${who.username}` });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(why);
  }
});

test("the password policy of Settings, Security holds where a password is chosen (P55)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/security");
  await page.getByLabel("Minimum length in characters").fill("7");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByLabel("Minimum length in characters")).toBeFocused();
  await page.getByLabel("Minimum length in characters").fill("20");
  await page.getByLabel("A digit").check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expectDone(page, "save security settings");
  await page.goto("/settings/users?add");
  const field = page.getByRole("dialog").getByLabel("Password", { exact: true });
  await expect(field).toHaveAccessibleDescription(/\b20\b.*\bdigit\b/);
  await field.fill("four brown owls sang by the lake");
  await expect(page.getByRole("status").getByText(/one digit\.$/)).toBeVisible();
});
