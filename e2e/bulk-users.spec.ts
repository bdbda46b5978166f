import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { customRole, password, person, rolesOf } from "#test/people.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import type { Installation } from "./installation.ts";

const bar = (page: Page) => page.getByRole("region", { name: "Selection" });
const box = (page: Page, who: string) => page.getByRole("checkbox", { name: `Select ${who}`, exact: true });
const names = (page: Page) => page.getByRole("table", { name: "Users" }).getByRole("rowheader");
const inactive = async (q: string) =>
  database().user.count({ where: { username: { startsWith: q }, active: false } });

/** So many people whose names begin alike, so that each test has its own. */
const crowd = (installation: Installation, q: string, size: number) =>
  installation.once(q, async () => {
    for (let number = 1; number <= size; number += 1)
      await person({ username: `${q}-${String(number).padStart(2, "0")}`, roles: ["user"] });
  });

/** Every call of an action waits until it is let through. */
async function holdActions(page: Page) {
  const waiting: (() => void)[] = [];
  await page.route("**/settings/users*", async (route) => {
    if (route.request().method() === "POST") await new Promise<void>((go) => waiting.push(go));
    await route.continue();
  });
  return {
    count: () => waiting.length,
    release: () => waiting.splice(0).forEach((go) => void go()),
  };
}

test.beforeEach(({ owner }) => expect(owner.username).toBe("olivia"));

test("a selection is deactivated; whom a rule protects is named before and after, and stays selected", async ({
  as,
  installation,
  owner,
}) => {
  await crowd(installation, "mixed", 3);
  await person({ username: "mixed-admin", roles: ["admin"] });
  const admin = await installation.once("mixed self", () =>
    person({ username: "mixed-self", roles: ["admin"] }),
  );
  await database().user.update({ where: { id: owner.id }, data: { searchText: "olivia mixed" } });
  const page = await as(admin);
  await page.goto("/settings/users?q=mixed");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar(page)).toContainText("6 selected");
  await bar(page).getByRole("button", { name: "Deactivate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate 6 users?" });
  await expect(dialog).toContainText(/\b2 will\b/);
  await expect(dialog.getByRole("listitem")).toHaveText([/^mixed-self: ./, /^olivia: ./]);
  await dialog.getByRole("button", { name: "Deactivate", exact: true }).click();

  const results = page.getByRole("dialog", { name: "Deactivated 4 of 6 users" });
  await expect(results.getByRole("listitem")).toHaveCount(2);
  await expectTold(results, "own_account", "mixed-self");
  await expectTold(results, "rank", "olivia");
  expect(await inactive("mixed")).toBe(4);
  await results.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("row", { name: /mixed-01/ })).toContainText("Inactive");
  await expect(bar(page)).toContainText("2 selected");
  await expect(box(page, "mixed-self")).toBeChecked();
  await expect(box(page, "mixed-01")).not.toBeChecked();
});

test("everybody who matches is selected over all pages, and only they, though the filter loses them", async ({
  as,
  owner,
  installation,
}) => {
  await crowd(installation, "paged", 60);
  const page = await as(owner);
  await page.goto("/settings/users?q=paged&status=active");
  await box(page, "paged-02").check();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(names(page).first()).toContainText("paged-26");
  await box(page, "paged-26").check();
  await expect(bar(page)).toContainText("2 selected");
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(box(page, "paged-02")).toBeChecked();
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar(page).getByRole("button", { name: "Select all 60 that match" }).click();
  await expect(bar(page)).toContainText("60 selected");
  await bar(page).getByRole("button", { name: "Deactivate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate 60 users?" });
  await expect(dialog).toContainText(/paged-01, paged-02, paged-03, paged-04, paged-05.*\b55\b/);
  await expect(dialog).toContainText(/\b35\b/);
  await dialog.getByRole("button", { name: "Deactivate", exact: true }).click();
  await page
    .getByRole("dialog", { name: "Deactivated 60 of 60 users" })
    .getByRole("button", { name: "Close" })
    .last()
    .click();
  expect(await inactive("paged")).toBe(60);
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  await expect(bar(page)).toBeHidden();

  await page.goto("/settings/users?q=paged");
  await box(page, "paged-01").check();
  await page.getByRole("combobox", { name: "Search users" }).fill("paged-0");
  await expect(bar(page)).toBeHidden();
  await expect(box(page, "paged-01")).not.toBeChecked();
});

test("O07: deleting says that it is for good, offers to deactivate, and wants the number and a proof, once", async ({
  as,
  owner,
  installation,
}) => {
  await crowd(installation, "leaver", 12);
  const page = await as(owner);
  await page.goto("/settings/users?q=leaver");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const press = () => bar(page).getByRole("button", { name: "Delete" }).click();
  await press();
  const dialog = page.getByRole("dialog", { name: "Delete 12 users?" });
  await expectTold(dialog, "permanent");
  await dialog.getByRole("button", { name: "Deactivate instead" }).click();
  await page
    .getByRole("dialog", { name: "Deactivate 12 users?" })
    .getByRole("button", { name: "Cancel" })
    .click();
  await press();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByLabel("Type 12 to confirm")).toHaveAccessibleDescription("Type 12 or delete.");
  expect(await database().user.count({ where: { username: { startsWith: "leaver" } } })).toBe(12);

  const long = new Date(Date.now() - 40 * 60_000);
  await database().session.updateMany({ where: { userId: owner.id }, data: { provenAt: long } });
  await dialog.getByLabel("Type 12 to confirm").fill("12");
  await dialog.getByRole("button", { name: "Delete" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByRole("button", { name: "Cancel" }).click();
  const running = page.getByRole("dialog", { name: "Deleting 12 users" });
  await expect(running).toContainText("0 of 12");
  await running.getByRole("button", { name: "Confirm that it is you" }).click();
  await proof.getByLabel("Password", { exact: true }).fill(password);
  await proof.getByRole("button", { name: "Confirm" }).click();
  const results = page.getByRole("dialog", { name: "Deleted 12 of 12 users" });
  await expect(results).toBeVisible();
  await expect(results.getByRole("listitem")).toHaveCount(0);
  expect(await database().user.count({ where: { username: { startsWith: "leaver" } } })).toBe(0);
  const rows = await database().auditEvent.findMany({ where: { targetName: { startsWith: "leaver" } } });
  expect(rows.filter(({ action, outcome }) => action === "delete user" && outcome === "done")).toHaveLength(
    12,
  );
});

test("stopped midway, what was done is told and the rest stays selected", async ({
  as,
  owner,
  installation,
}) => {
  await crowd(installation, "stopped", 25);
  const page = await as(owner);
  await page.goto("/settings/users?q=stopped");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const actions = await holdActions(page);
  await bar(page).getByRole("button", { name: "Deactivate", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate", exact: true }).click();
  const running = page.getByRole("dialog", { name: "Deactivating 25 users" });
  await expect.poll(actions.count).toBe(1);
  actions.release();
  await expect(running.getByRole("progressbar")).toHaveAttribute("value", "10");
  await expect(running).toContainText("10 of 25");
  await expect.poll(actions.count).toBe(1);
  await page.keyboard.press("Escape");
  await expect(running.getByRole("button", { name: "Stopping…" })).toBeVisible();
  actions.release();
  const results = page.getByRole("dialog", { name: "Deactivated 20 of 25 users" });
  await expectTold(results, "stopped", "5 users");
  expect(await inactive("stopped")).toBe(20);
  await results.getByRole("button", { name: "Close" }).last().click();
  await expect(bar(page)).toContainText("5 selected");
});

test("whoever is signed out midway still sees what was done", async ({ as, installation }) => {
  await crowd(installation, "cut", 15);
  const admin = await person({ roles: ["admin"] });
  const page = await as(admin);
  await page.goto("/settings/users?q=cut");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const actions = await holdActions(page);
  await bar(page).getByRole("button", { name: "Deactivate", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect.poll(actions.count).toBe(1);
  actions.release();
  await expect(page.getByRole("dialog")).toContainText("10 of 15");
  await database().session.updateMany({ where: { userId: admin.id }, data: { endedAt: new Date() } });
  await expect.poll(actions.count).toBe(1);
  actions.release();
  const results = page.getByRole("dialog", { name: "Deactivated 10 of 15 users" });
  await expectTold(results, "sign_in_required", "5 users");
  await results.getByRole("button", { name: "Close" }).last().click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await inactive("cut")).toBe(10);
});

test("by keyboard alone: a range, a role for it, and the way back", async ({ as, owner, installation }) => {
  await crowd(installation, "keys", 6);
  const page = await as(owner);
  await page.goto("/settings/users?q=keys");
  await expect(box(page, "keys-02")).toBeEnabled();
  await box(page, "keys-02").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(box(page, "keys-04")).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(bar(page)).toContainText("3 selected");
  await bar(page).getByRole("button", { name: "Set role" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Set role of 3 users?" });
  await expect(dialog.getByLabel("Role")).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Set role" }).click();
  await expect(dialog.getByLabel("Role")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByLabel("Role")).toHaveAccessibleDescription(/\S/);
  await expect(dialog.getByLabel("Role")).toBeFocused();
  await page.keyboard.type("Readonly");
  await dialog.getByRole("button", { name: "Set role" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Set role of 3 of 3 users" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  for (const [who, role] of [
    ["keys-02", "readonly"],
    ["keys-03", "readonly"],
    ["keys-05", "user"],
  ] as const) {
    const found = await database().user.findUniqueOrThrow({ where: { usernameKey: who } });
    expect(await rolesOf(found)).toEqual([role]);
  }
  await box(page, "keys-01").focus();
  await page.keyboard.press("Space");
  await bar(page).getByRole("button", { name: "Clear" }).focus();
  await page.keyboard.press("Enter");
  await expect(box(page, "keys-01")).toBeFocused();
});

test("acts beyond one's rights are there and say why", async ({ as, installation }) => {
  await crowd(installation, "seen", 2);
  const looker = await person({ roles: [await customRole("looker", ["can_view_users"])] });
  const page = await as(looker);
  await page.goto("/settings/users?q=seen");
  await box(page, "seen-01").check();
  for (const act of ["Deactivate", "Reactivate", "Set role", "Delete"]) {
    const button = bar(page).getByRole("button", { name: act, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/\S/);
  }
  await expect(bar(page).getByRole("button", { name: "End sessions" })).toHaveAccessibleDescription(/\S/);
});

test("without scripts there is nothing to select with", async ({ as, owner }) => {
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto("/settings/users");
  await expect(names(page).first()).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /^Select/ })).toHaveCount(0);
});
