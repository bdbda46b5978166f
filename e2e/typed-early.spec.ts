import { password } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { openHeld } from "./held-scripts.ts";

test("what is typed while a dialog comes alive stays in its field, letter by letter", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const letGo = await openHeld(page, "/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await dialog.getByLabel("Email").fill("early@example.com");
  const secret = dialog.getByLabel("Password", { exact: true });
  await secret.pressSequentially(password.slice(0, 6));
  letGo();
  await expect(dialog.getByRole("button", { name: "Show password" })).toBeVisible();
  await page.keyboard.type(password.slice(6));
  await expect(secret).toHaveValue(password);
  await expect(dialog.getByLabel("Email")).toHaveValue("early@example.com");
  await expect(dialog.getByLabel("Username")).toHaveValue("");
});

test("a dialog that nobody has touched takes the focus to its first field", async ({ as, owner }) => {
  const page = await as(owner);
  const letGo = await openHeld(page, "/settings/users?add");
  letGo();
  await expect(page.getByLabel("Username")).toBeFocused();
});
