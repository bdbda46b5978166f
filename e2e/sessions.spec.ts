import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { byAdministrator } from "#lib/sessions/end-user-sessions.ts";
import { customRole, type Person, password, person } from "#test/people.ts";
import { expectDone } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn } from "./forms.ts";
import { matrixOf } from "./matrix-page.ts";

const list = (page: Page) => page.getByRole("table", { name: "Sessions", exact: true });
const rowOf = (page: Page, { username }: Person) =>
  list(page).getByRole("row", { name: new RegExp(username) });

/** How many live sessions somebody has. */
const liveOf = ({ id }: Person) => database().session.count({ where: { userId: id, endedAt: null } });

test("a session ended by an administrator leads to the sign-in page, and signing in back to where it was (T18, P56)", async ({
  as,
  owner,
}) => {
  const jane = await person({ roles: ["user"], username: "jane" });
  const hers = await as(undefined);
  await hers.goto("/account/sessions?from=bookmark");
  await fillSignIn(hers, "jane", password);
  await expect(hers.getByRole("heading", { name: "Your sessions" })).toBeVisible();

  const page = await as(owner);
  await page.goto("/settings/sessions?q=jane");
  await expect(rowOf(page, jane)).toContainText(/Chrome \d+ on Linux/);
  await expect(rowOf(page, jane)).toContainText("127.0.0.1");
  await expect(rowOf(page, jane).getByRole("cell", { name: "Password", exact: true })).toBeVisible();
  await page.getByRole("link", { name: /^End session of jane/ }).click();
  const dialog = page.getByRole("dialog", { name: "End this session of jane?" });
  await expect(dialog.getByText(/Chrome \d+ on Linux, 127\.0\.0\.1/)).toBeVisible();
  await dialog.getByRole("button", { name: "End session" }).click();
  await expectDone(page, "end session", "jane");
  await expect(rowOf(page, jane)).toHaveCount(0);

  await hers.reload();
  await expect(hers).toHaveURL(`/sign-in?next=${encodeURIComponent("/account/sessions?from=bookmark")}`);
  await fillSignIn(hers, "jane", password);
  await expect(hers).toHaveURL("/account/sessions?from=bookmark");

  await page.goto("/settings/sessions?q=jane&state=ended");
  await expect(rowOf(page, jane)).toContainText(`${byAdministrator}, by olivia`);
});

test("a tab that only follows links or sends a form notices as well (P56)", async ({ as }) => {
  const who = await person({ roles: ["user"] });
  const [page, form] = [await as(who), await as(who)];
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Your access" })).toBeVisible();
  await form.goto("/account/profile");
  await form.getByLabel("First name").fill("Nora");
  await database().session.updateMany({ where: { userId: who.id }, data: { endedAt: new Date() } });
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/account/profile")}`);
  await form.getByRole("button", { name: /^Save/ }).click();
  await expect(form).toHaveURL(`/sign-in?next=${encodeURIComponent("/account/profile")}`);
  await fillSignIn(form, who.username, password);
  await expect(form).toHaveURL("/account/profile");
});

test("all sessions of one user end together; the list says who, where, how and when (T18)", async ({
  as,
  owner,
}) => {
  const kim = await person({ roles: ["user"], username: "kim", givenName: "Kim", familyName: "Lee" });
  const theirs = [await as(kim), await as(kim)];
  const page = await as(owner);
  await page.goto("/settings/sessions?q=kim");
  await expect(rowOf(page, kim)).toHaveCount(2);
  for (const name of ["User", "Device", "Sign-in", "Created", "Last used", "Expires"])
    await expect(list(page).getByRole("columnheader", { name })).toBeVisible();
  await page
    .getByRole("link", { name: /^End all sessions of kim/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: "End all sessions of kim?" });
  await dialog.getByRole("button", { name: "End sessions" }).click();
  await expectDone(page, "end sessions of user", /\b2\b.*kim/);
  for (const tab of theirs) {
    await tab.goto("/account");
    await expect(tab).toHaveURL("/sign-in?next=%2Faccount");
  }
});

test("search and filters find a session, and stand in the address", async ({ as, owner }) => {
  const [lena, mark] = [
    await person({ roles: ["user"], username: "lena" }),
    await person({ roles: ["user"], username: "mark" }),
  ];
  for (const who of [lena, mark]) await as(who);
  await database().session.updateMany({
    where: { userId: mark.id },
    data: { method: "passkey" },
  });
  const page = await as(owner);
  await page.goto("/settings/sessions");
  await expect(rowOf(page, lena)).toHaveCount(1);
  await page.getByLabel("Signed in with").selectOption("Passkey");
  await expect(page).toHaveURL(/[?&]method=passkey/);
  await expect(rowOf(page, lena)).toHaveCount(0);
  await expect(rowOf(page, mark)).toContainText("Passkey");
  await page.getByLabel("Search sessions by user").fill("nobody at all");
  await expect(page.locator('[data-empty="no-match"]')).toBeVisible();
  await page.getByRole("link", { name: "Show all live sessions" }).click();
  await expect(page).toHaveURL("/settings/sessions");
  await expect(rowOf(page, owner).first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/q=nobody/);
});

test("what may not be ended stays visible and says why: the own session, and those of people above", async ({
  as,
  owner,
}) => {
  const adam = await person({ roles: ["admin"], username: "adam" });
  await as(owner);
  const page = await as(adam);
  await page.goto("/settings/sessions?q=adam");
  await expect(rowOf(page, adam)).toContainText("This session");
  const own = page.getByRole("button", { name: /^End session of adam/ });
  await expect(own).toBeDisabled();
  await expect(own).toHaveAccessibleDescription(/\S/);

  await page.goto("/settings/sessions?q=olivia");
  for (const name of [/^End session of olivia/, /^End all sessions of olivia/]) {
    const button = page.getByRole("button", { name }).first();
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/higher-privilege role/);
  }
  const { id } = await database().session.findFirstOrThrow({ where: { userId: owner.id, endedAt: null } });
  await page.goto(`/settings/sessions?q=olivia&end=${id}`);
  await expect(page.getByRole("dialog").getByRole("button", { name: "End session" })).toBeDisabled();
});

test.describe("everybody at once", () => {
  test.use({ share: "nothing" });

  test("all sessions end but the own one and those of people above, who are named (T18)", async ({
    as,
    owner,
  }) => {
    const [adam, jane] = [
      await person({ roles: ["admin"], username: "adam" }),
      await person({ roles: ["user"], username: "jane" }),
    ];
    const [above, below] = [await as(owner), await as(jane)];
    const page = await as(adam);
    await page.goto("/settings/sessions");
    await page.getByRole("link", { name: "End all sessions", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "End all sessions?" });
    await dialog.getByRole("button", { name: "End all sessions" }).click();
    await expectDone(page, "end all sessions", /\b1\b.*olivia/);
    expect(await liveOf(jane)).toBe(0);
    await below.goto("/account");
    await expect(below).toHaveURL(/\/sign-in/);
    await above.goto("/account");
    await expect(above).toHaveURL("/account");
    await page.reload();
    await expect(rowOf(page, adam)).toContainText("This session");
  });
});

test("somebody ends their own other sessions, one and then the rest; the present one stays", async ({
  as,
}) => {
  const who = await person({ roles: ["readonly"] });
  const others = [await as(who), await as(who), await as(who)];
  const page = await as(who);
  await page.goto("/account/sessions");
  const rows = page.getByRole("table", { name: "Your sessions" }).locator("tbody").getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText("This session");
  await expect(rows.first().getByRole("button", { name: /^End session/ })).toHaveAccessibleDescription(/\S/);
  await rows
    .last()
    .getByRole("link", { name: /^End session/ })
    .click();
  await page
    .getByRole("dialog", { name: "End this session?" })
    .getByRole("button", { name: "End session" })
    .click();
  await expectDone(page, "end own session");
  await expect(rows).toHaveCount(3);
  await page.getByRole("link", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End sessions" }).click();
  await expectDone(page, "end own other sessions", /\b2\b/);
  await expect(rows).toHaveCount(1);
  for (const tab of others) {
    await tab.goto("/account/sessions");
    await expect(tab).toHaveURL(/\/sign-in/);
  }
  await expect(page.getByRole("button", { name: "End all others" })).toHaveAccessibleDescription(
    /nowhere else/,
  );
});

test("an edited role ends no session: the next request has the new rights, and the one after loses them (T19)", async ({
  as,
  owner,
}) => {
  const role = await customRole("night_shift", ["can_view_hosts"]);
  const nora = await person({ roles: [role], username: "nora" });
  const hers = await as(nora);
  await hers.goto("/account");
  await expect(hers.getByRole("link", { name: "Users" })).toHaveCount(0);

  const page = await as(owner);
  const { box, editor } = matrixOf(page);
  for (const open of [true, false]) {
    await page.goto(`/settings/roles?edit=${role}`);
    await box("View Users", "Night shift").click();
    await editor("Night shift").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status").getByText(/Saved night_shift/)).toBeVisible();
    await hers.reload();
    await expect(hers).toHaveURL("/account");
    await expect(hers.getByRole("link", { name: "Users", exact: true })).toHaveCount(open ? 1 : 0);
  }
  expect(await liveOf(nora)).toBe(1);
});

test("following a link to the list loads it once, and Back leads to where one was", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/settings/users");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/settings/sessions") asked.push([...searchParams.keys()].join());
  });
  await page.getByRole("link", { name: "Active sessions" }).first().click();
  await expect(page).toHaveURL("/settings/sessions");
  await expect(rowOf(page, owner).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual(["_rsc"]);
  await page.goBack();
  await expect(page).toHaveURL("/settings/users");
});
