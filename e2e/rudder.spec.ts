import type { Locator, Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillIdentity } from "./forms.ts";

/** Rudder's own document on user management, walked in the console. */
test.use({ catalogue: "rudder" });

const ownAccount = ["User account read", "User account write", "User account edit"];

const explained = (dialog: Locator, entry: string) =>
  dialog.getByRole("region", { name: "What it gives" }).getByRole("listitem").filter({ hasText: entry });

/** The permissions that the calculator says somebody holds. */
async function held(page: Page, { id }: { id: string }): Promise<string[]> {
  await page.goto(`/settings/roles/tools?for=user&user=${id}&show=held`);
  await expect(page.getByRole("region", { name: "Subject" })).toBeVisible();
  return page
    .locator("main li summary")
    .evaluateAll((rows) =>
      rows.map((row) => row.querySelector(".font-medium")?.textContent ?? row.textContent ?? ""),
    );
}

test("a user is created with rule_only,administration_only: the Administration and the rules, nothing else (R05)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/users?add");
  const add = page.getByRole("dialog", { name: "Add New User" });
  await fillIdentity(add, { username: "carol", email: "carol@example.com" });
  await add.getByLabel("Password", { exact: true }).fill(password);
  await add.getByRole("button", { name: "Create User" }).click();
  await page.getByRole("row", { name: /carol/ }).getByRole("link", { name: /^Edit/ }).click();
  await page.getByRole("link", { name: "Roles as an expression" }).press("Enter");

  const dialog = page.getByRole("dialog", { name: "Role expression of carol" });
  const field = dialog.getByLabel("Expression", { exact: true });
  await expect(field).toHaveValue("");
  await field.pressSequentially("rule_only,administration_only");
  await expect(explained(dialog, "rule_only")).toContainText("Configuration read, Rule read");
  await expect(explained(dialog, "administration_only")).toContainText(
    "Adds Administration read, Administration write, Administration edit",
  );
  await expect(dialog.getByText("8 permissions in all: 8 gained, 0 lost")).toBeVisible();
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expectTold(dialog, "confirmation_required");
  await dialog.getByLabel("Yes, give carol the role administration_only").check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name: /carol/ });
  await expect(row).toContainText("rule_only");
  await expect(row).toContainText("administration_only");

  const carol = await database().user.findUniqueOrThrow({ where: { usernameKey: "carol" } });
  const administration = ["Administration read", "Administration write", "Administration edit"];
  expect((await held(page, carol)).sort()).toEqual(
    [...administration, "Configuration read", "Rule read", ...ownAccount].sort(),
  );
  await page.goto(`/settings/users?edit=${carol.id}`);
  await expect(page.getByText("From the expression rule_only,administration_only")).toBeVisible();
});

test("a misspelt entry leaves no rights and is named, with what was probably meant (R03)", async ({
  as,
  owner,
}) => {
  const finn = await person({ roles: ["user"], username: "finn" });
  const page = await as(owner);
  await page.goto(`/settings/users?expression=${finn.id}`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Expression", { exact: true }).fill("rule_only, administraton_only");
  await expect(explained(dialog, "administraton_only")).toContainText("Unknown, entry 2");
  await expect(explained(dialog, "administraton_only")).toContainText("Did you mean administration_only?");
  await expectTold(dialog, "unknown_entry", "finn");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expectDone(page, "set role expression of user", "finn", "administraton_only");
  await expect(dialog).toBeHidden();
  expect(await rolesOf(finn)).toEqual(["no_rights"]);
  const chip = page.getByRole("row", { name: /finn/ }).getByRole("link", {
    name: "Unknown entry in role expression",
  });
  await expect(chip).toBeVisible();
  await expectAccessible(page);
  expect(await held(page, finn)).toEqual([]);

  await page.goto(`/settings/users?edit=${finn.id}`);
  await expect(
    page.getByText(/No rights: unknown "administraton_only" \(entry 2; did you mean/),
  ).toBeVisible();
  await page.goto("/settings/users");
  await chip.click();
  await dialog.getByLabel("Expression", { exact: true }).fill("rule_only");
  await expect(dialog.getByText(/^5 permissions in all: 5 gained, 0 lost/)).toBeVisible();
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expect(chip).toHaveCount(0);
  expect((await held(page, finn)).sort()).toEqual([...ownAccount, "Configuration read", "Rule read"].sort());
});

test("without scripts an expression is saved as well; what has to be confirmed comes with the refusal", async ({
  as,
  owner,
}) => {
  const gwen = await person({ roles: ["user"], username: "gwen" });
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto(`/settings/users?expression=${gwen.id}`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Expression", { exact: true }).fill("administration_only");
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expect(explained(dialog, "administration_only")).toContainText("Administration write");
  await dialog.getByLabel("Yes, give gwen the role administration_only").check();
  await dialog.getByRole("button", { name: "Save expression" }).click();
  await expect.poll(() => rolesOf(gwen)).toEqual(["administration_only"]);
});

test("one's own expression is shown and cannot be saved", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto(`/settings/users?expression=${owner.id}`);
  const save = page.getByRole("dialog").getByRole("button", { name: "Save expression" });
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await expect(save).toHaveAccessibleDescription(/Cannot change your own role/);
});

test("R02, R03: the Roles dialog leads to the expression, and the calculator takes one that nobody has", async ({
  as,
  owner,
}) => {
  const hana = await person({ roles: ["user"], username: "hana" });
  const page = await as(owner);
  await page.goto(`/settings/users?roles=${hana.id}`);
  await page.getByRole("dialog").getByRole("link", { name: "Roles as an expression" }).click();
  const dialog = page.getByRole("dialog", { name: "Role expression of hana" });
  await expect(dialog.getByLabel("Expression", { exact: true })).toHaveValue("user");

  await page.goto("/settings/roles/tools?for=roles");
  await page.getByLabel("Role expression").fill("rule_read,node_read");
  await page.getByLabel("Role expression").press("Enter");
  await expect(page.getByRole("heading", { name: /^Permissions 2\// })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Role expression").fill("rule_only,node_reed");
  await page.getByLabel("Role expression").press("Enter");
  await expect(page.getByText('Unknown: "node_reed" (entry 2; did you mean node_read?).')).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Permissions 0\// })).toBeVisible();
});
