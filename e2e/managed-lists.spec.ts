import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { limitGrant } from "#test/organizations.ts";
import { customRole, nextInstant } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

test.use({ catalogue: "utmstack" });
// Each look at a page takes a second or more.
test.describe.configure({ timeout: 180_000 });

const dialog = (page: Page) => page.getByRole("dialog");
const names = (page: Page) => page.getByRole("table").getByRole("rowheader");
const alive = (page: Page) => expect(page.getByRole("button", { name: "Go to or do" })).toBeAttached();

test("data sources are added, put into a group, and the group changed, from empty pages on", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/account");
  await page.getByRole("link", { name: "Managed Lists" }).click();
  await expect(page.getByRole("heading", { name: "Data source", level: 1 })).toBeVisible();
  await expect(page.locator('[data-empty="nothing-yet"]')).toBeVisible();
  await alive(page);
  await expectAccessible(page);
  for (const [name, key] of [
    ["Oslo firewall", "fw-oslo-1"],
    ["Rotterdam firewall", "fw-rotterdam-1"],
    ["Microsoft 365", "m365"],
  ] as const) {
    await page.getByRole("link", { name: "Add Data source" }).click();
    await expect(dialog(page).getByLabel("Name")).toBeFocused();
    await page.keyboard.type(name);
    await dialog(page).getByLabel("Key").fill(key);
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeHidden();
  }
  await expect(names(page)).toHaveText(["Oslo firewall", "Rotterdam firewall", "Microsoft 365"]);

  await page.getByRole("link", { name: "Data source groups" }).click();
  await expect(page.locator('[data-empty="nothing-yet"]')).toBeVisible();
  await page.getByRole("link", { name: "Add Group" }).click();
  await dialog(page).getByLabel("Name").fill("EU firewalls");
  await dialog(page).getByLabel("Key").fill("eu-firewalls");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await page.getByRole("link", { name: "Members EU firewalls" }).click();
  await dialog(page).getByLabel("Find in Data source").fill("firewall");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(2);
  await dialog(page).getByLabel("Oslo firewall").check();
  await dialog(page).getByLabel("Rotterdam firewall").check();
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Save Members" }).click();
  await expectDone(page, "edit value group", "EU firewalls", /\b2 \w+, 0\b/);
  await expect(page.getByRole("row", { name: /EU firewalls/ })).toContainText("Oslo firewall");

  await page.getByRole("link", { name: "Members EU firewalls" }).click();
  await dialog(page).getByLabel("Oslo firewall").uncheck();
  await dialog(page).getByRole("button", { name: "Save Members" }).click();
  await expectDone(page, "edit value group", "EU firewalls", /\b0 \w+, 1\b/);
  // To rename it leaves its members alone.
  await page.getByRole("link", { name: "Edit EU firewalls" }).click();
  await dialog(page).getByLabel("Name").fill("European firewalls");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(names(page)).toHaveText(["European firewalls"]);
  const members = await database().valueGroupMember.findMany({ select: { valueKey: true } });
  expect(members).toEqual([{ valueKey: "fw-rotterdam-1" }]);
});

test("what a limit names or a group contains cannot be deleted, and says which", async ({ as, owner }) => {
  const attribute = "asset_group";
  const at = nextInstant();
  const shared = { attribute, createdAt: at };
  await database().managedValue.createMany({
    data: [
      { ...shared, key: "erp", label: "ERP servers" },
      { ...shared, key: "lab", label: "Laboratory" },
    ],
  });
  await database().valueGroup.create({
    data: { ...shared, key: "jewels", label: "Crown jewels", updatedAt: at },
  });
  await database().valueGroupMember.create({ data: { attribute, groupKey: "jewels", valueKey: "erp" } });
  await customRole("jeweller", ["view_events"]);
  const where = [{ attribute, test: "inGroup", values: ["jewels"] }];
  await limitGrant("jeweller", "view_events", [{ scope: "global", where }]);
  const page = await as(owner);
  await page.goto("/settings/attributes/asset_group");
  await alive(page);
  const kept = page.getByRole("button", { name: "Delete ERP servers" });
  await expect(kept).toHaveAccessibleDescription(/Crown jewels/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Delete Laboratory" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await expect(names(page)).toHaveText(["ERP servers"]);
  await page.getByRole("link", { name: "Asset group groups" }).click();
  const named = page.getByRole("button", { name: "Delete Crown jewels" });
  await expect(named).toHaveAccessibleDescription(/\bjeweller\b/);
  await expectAccessible(page);
});

test("a list that the catalogue has not is not there", async ({ as, owner, problems }) => {
  problems.expect(/status of 404/);
  const page = await as(owner);
  expect((await page.goto("/settings/attributes/severity"))?.status()).toBe(404);
});

test.describe("with a catalogue without managed lists", () => {
  test.use({ catalogue: "patchmon" });

  test("there is no way to them, and nothing behind it", async ({ as, owner, problems }) => {
    problems.expect(/status of 404/);
    const page = await as(owner);
    await page.goto("/account");
    const navigation = page.getByRole("navigation", { name: "Console" });
    await expect(navigation).toContainText("Organizations");
    await expect(navigation).not.toContainText("Managed Lists");
    expect((await page.goto("/settings/attributes"))?.status()).toBe(404);
  });
});
