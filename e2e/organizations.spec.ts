import type { Locator, Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { joins, limitGrant, organization } from "#test/organizations.ts";
import { customRole, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectTold, saidFor } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

test.use({ catalogue: "utmstack" });
// Each look at a page takes a second or more.
test.describe.configure({ timeout: 180_000 });

const dialog = (page: Page) => page.getByRole("dialog");
const table = (page: Page, name: string) => page.getByRole("table", { name });
/** What a press would wait for: the page has come alive. */
const alive = (page: Page) => expect(page.getByRole("button", { name: "Go to or do" })).toBeAttached();

/** Moves by Tab until this has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("The focus never came there.");
}

test("T21: by keyboard alone an organization is made, gets a team, and the team somebody", async ({
  as,
  owner,
}) => {
  await person({ roles: ["VIEWER"], username: "vera", givenName: "Vera", familyName: "Viewer" });
  const page = await as(owner);
  await page.goto("/settings/organizations");
  await alive(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("add organ");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Nordlys Energy");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(table(page, "Organizations").getByRole("rowheader")).toHaveText(["Nordlys Energy"]);

  await tabTo(page, page.getByRole("link", { name: "Nordlys Energy", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Nordlys Energy", level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Add Team" }));
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Control room");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();

  await tabTo(page, page.getByRole("link", { name: "Add members Control room" }));
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Find people")).toBeFocused();
  await page.keyboard.type("vera");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(1);
  await tabTo(page, dialog(page).getByRole("checkbox", { name: "Vera Viewer" }));
  await page.keyboard.press("Space");
  await expect(dialog(page).getByText("1 chosen")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expectDone(page, "add members", "vera", "Control room");
  await expect(table(page, "Members").getByRole("row", { name: /Vera Viewer/ })).toContainText(
    "Control room",
  );
});

test("several are chosen over more than one search, and join at once", async ({ as, owner }) => {
  for (const username of ["alpha-one", "alpha-two", "beta-one"])
    await person({ roles: ["VIEWER"], username });
  const { id } = await organization([], "Several");
  const page = await as(owner);
  await page.goto(`/settings/organizations/${id}?add-members`);
  await alive(page);
  const find = dialog(page).getByLabel("Find people");
  await find.fill("alpha");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(2);
  await dialog(page).getByLabel("alpha-two").check();
  await find.fill("beta");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(2);
  await expect(dialog(page).getByLabel("alpha-two")).toBeChecked();
  await dialog(page).getByLabel("beta-one").check();
  await dialog(page).getByRole("button", { name: "Add Members" }).click();
  await expectDone(page, "add members", /\b2\b.*Several/);
  await expect(table(page, "Members").getByRole("rowheader")).toHaveText([/alpha-two/, /beta-one/]);
});

test("without scripts people are found, ticked and added as well", async ({ as, owner }) => {
  await person({ roles: ["VIEWER"], username: "plain-one" });
  const { id } = await organization([], "Scriptless");
  const page = await as(owner, { javaScriptEnabled: false });
  await page.goto(`/settings/organizations/${id}?add-members=`);
  await dialog(page).getByLabel("Find people").fill("plain");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/find=plain/);
  await dialog(page).getByLabel("plain-one").check();
  await dialog(page).getByRole("button", { name: "Add Members" }).click();
  await expectDone(page, "add members", "plain-one", "Scriptless");
  expect(await database().organizationMember.count({ where: { organizationId: id } })).toBe(1);
});

test("leaving an organization says beforehand which teams and roles it takes along", async ({
  as,
  owner,
}) => {
  const leaver = await person({ roles: ["VIEWER"], username: "leaver" });
  const { id, teams } = await organization(["Blue", "Red"], "Leaving");
  await joins(leaver, id, teams.Blue);
  await joins(leaver, id, teams.Red);
  await database().assignment.updateMany({ where: { userId: leaver.id }, data: { teamId: teams.Red ?? "" } });
  const page = await as(owner);
  await page.goto(`/settings/organizations/${id}?team=${teams.Blue}`);
  await alive(page);
  await page.getByRole("link", { name: "Remove from team leaver" }).click();
  await expect(dialog(page).getByText("Leaving.")).toBeVisible();
  await expect(saidFor(dialog(page), "narrowed_assignments")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Remove from organization leaver" }).click();
  await expect(dialog(page)).toContainText("Blue and Red");
  await expectTold(dialog(page), "narrowed_assignments");
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Remove from organization" }).click();
  await expectDone(page, "remove members", "leaver", "Leaving");
  expect(await database().teamMember.count({ where: { userId: leaver.id } })).toBe(0);
});

test("T11: a role is asked for in one team, granted there, and given for a time in another", async ({
  as,
  owner,
}) => {
  const tim = await person({ roles: ["VIEWER"], username: "tim" });
  const { id, name, teams } = await organization(["Blue", "Red"], "Asked for");
  await joins(tim, id, teams.Blue);
  await joins(tim, id, teams.Red);
  const [his, page] = [await as(tim), await as(owner)];
  await his.goto("/account/access?ask");
  await alive(his);
  await dialog(his).getByLabel("Role").selectOption("Security Analyst");
  await dialog(his).getByLabel("Reason").fill("Night shift");
  await dialog(his).getByLabel("Organization").selectOption(name);
  await dialog(his).getByLabel("Team").selectOption("Blue");
  await expectAccessible(his);
  await dialog(his).getByRole("button", { name: "Send request" }).click();
  await expect(his.getByRole("list", { name: "Your requests" })).toContainText(/\bBlue\b/);
  await page.goto("/settings/access-requests");
  await expect(page.getByRole("list", { name: "Open requests" })).toContainText(/\bBlue\b/);
  await page.getByRole("link", { name: "Grant Security Analyst for tim" }).click();
  await expect(dialog(page)).toContainText(/\bBlue\b/);
  await dialog(page).getByRole("button", { name: "Grant access" }).click();
  await expect(page.getByRole("list", { name: "Temporary access now" })).toContainText(/\bBlue\b/);

  await page.goto(`/settings/users?temporary=${tim.id}`);
  await alive(page);
  await dialog(page).getByLabel("Role").selectOption("Auditor");
  await dialog(page).getByLabel("Reason").fill("Review");
  await dialog(page).getByLabel("Team").selectOption("Red");
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Give access" }).click();
  await expect(dialog(page)).toContainText("in Red");
  const given = { where: { userId: tim.id, endsAt: { not: null } }, orderBy: { source: "asc" } } as const;
  expect(await database().assignment.findMany(given)).toMatchObject([
    { source: "elevation", organizationId: null, teamId: teams.Red },
    { source: "request", organizationId: id, teamId: teams.Blue },
  ]);
});

test("what is in use stays, and the dialog says why and shows the way out", async ({ as, owner }) => {
  const { id, name } = await organization(["Blue"], "Kept for its team");
  const page = await as(owner);
  await page.goto("/settings/organizations?q=kept");
  await alive(page);
  await page.getByRole("link", { name: `Delete ${name}` }).click();
  await expect(dialog(page)).toContainText(/\b1 team\b/);
  await expect(dialog(page).getByRole("button", { name: "Delete organization" })).toBeDisabled();
  await expectAccessible(page);
  await dialog(page)
    .getByRole("link", { name: `Show ${name}` })
    .click();
  await page.getByRole("link", { name: "Delete Blue" }).click();
  await dialog(page).getByRole("button", { name: "Delete team" }).click();
  await expectDone(page, "delete team", "Blue");
  await page.getByRole("link", { name: "Delete", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Delete organization" }).click();
  await expect(page.getByText(`Deleted ${name}`)).toBeVisible();
  await expect(page).toHaveURL("/settings/organizations");
  expect(await database().organization.count({ where: { id } })).toBe(0);
});

test("one's own row and whom one cannot add stay visible and say why", async ({ as }) => {
  await customRole("keeper", ["system_configuration"]);
  const keeper = await person({ roles: ["keeper"], username: "keeper" });
  await person({ roles: ["VIEWER"], username: "limited-viewer" });
  const { id, teams } = await organization(["Blue"], "Ruled");
  await joins(keeper, id);
  const page = await as(keeper);
  await page.goto(`/settings/organizations/${id}`);
  await alive(page);
  const own = page.getByRole("button", { name: "Remove from organization keeper" });
  await expect(own).toHaveAccessibleDescription(/\S/);
  await page.goto(`/settings/organizations/${id}?add-members=${teams.Blue}&find=limited`);
  await expect(dialog(page).getByLabel("limited-viewer")).toBeDisabled();
  await expect(dialog(page)).toContainText(/\bview_events\b/);
  await expectAccessible(page);
});

test("two edit one organization: the second is told, keeps their words, and may save over it", async ({
  as,
  owner,
}) => {
  const { id } = await organization([], "Contested");
  const [one, two] = [await as(owner), await as(owner)];
  for (const page of [one, two]) {
    await page.goto(`/settings/organizations/${id}?edit`);
    await alive(page);
  }
  await dialog(one).getByLabel("Name").fill("Contested once");
  await dialog(one).getByRole("button", { name: "Save" }).click();
  await expect(dialog(one)).toBeHidden();
  await dialog(two).getByLabel("Name").fill("Contested twice");
  await dialog(two).getByRole("button", { name: "Save" }).click();
  await expectTold(dialog(two), "edit_conflict", "Contested once");
  await expect(dialog(two).getByLabel("Name")).toHaveValue("Contested twice");
  await dialog(two).getByRole("button", { name: "Save" }).click();
  await expect(dialog(two)).toBeHidden();
  await expect(two.getByRole("heading", { level: 1 })).toHaveText("Contested twice");
});

test("T21: whoever holds the right for their own organizations sees those alone, and changes none", async ({
  as,
  problems,
}) => {
  problems.expect(/status of 404/);
  await customRole("own_only", ["system_configuration"]);
  await limitGrant("own_only", "system_configuration", [{ scope: "organization", where: [] }]);
  const holder = await person({ roles: ["own_only"], username: "own-only" });
  const page = await as(holder);
  const [own, other] = [await organization(["Blue"], "Own"), await organization([], "Another's")];
  await joins(holder, own.id);
  await page.goto("/settings/organizations");
  await expect(table(page, "Organizations").getByRole("rowheader")).toHaveText(["Own"]);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Own", exact: true }).click();
  await expect(page.getByRole("button", { name: "Add Members", exact: true })).toHaveAccessibleDescription(
    /\S/,
  );
  const response = await page.goto(`/settings/organizations/${other.id}`);
  expect(response?.status()).toBe(404);
  await page.goto("/account");
  await expect(page.getByRole("navigation", { name: "Console" }).getByRole("link")).toHaveText([
    "Organizations",
    "Your access",
  ]);
});

test("whoever may not open them does not see them, and is forbidden", async ({ as, problems }) => {
  problems.expect(/status of 403/);
  const page = await as(await person({ roles: ["AUDITOR"] }));
  await page.goto("/account");
  await expect(page.getByRole("navigation", { name: "Console" })).not.toContainText(/Organizations|Lists/);
  for (const path of [
    "organizations",
    "attributes",
    "attributes/data_source",
    "attributes/asset_group/groups",
  ]) {
    expect((await page.goto(`/settings/${path}`))?.status(), path).toBe(403);
  }
});

test("the pages are accessible: empty, full, with their dialogs and with errors", async ({ as, owner }) => {
  const { id, teams } = await organization(["Blue", "Red"], "Accessible");
  const member = await person({ roles: ["VIEWER"], username: "member-x", active: false });
  await joins(member, id, teams.Blue);
  const empty = await organization([], "Empty");
  const page = await as(owner);
  for (const path of [
    "",
    "?q=zebra",
    `/${id}`,
    `/${empty.id}`,
    `/${id}?add-members=${teams.Red}`,
    `/${id}?team=${teams.Red}`,
    `?delete=${empty.id}`,
  ]) {
    await page.goto(`/settings/organizations${path}`);
    await alive(page);
    await expectAccessible(page);
  }
  await page.goto("/settings/organizations?add");
  await alive(page);
  await dialog(page).getByLabel("Name").fill("ACCESSIBLE");
  await dialog(page).getByRole("button", { name: "Add Organization" }).click();
  await expect(dialog(page).getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
});
