import { database } from "#lib/kernel/database.ts";
import { password, person } from "#test/people.ts";
import { expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn } from "./forms.ts";

const users = { name: "Users", level: 1 } as const;

test("the username or the email signs in, in any case", async ({ as, owner }) => {
  for (const name of [owner.username, owner.username.toUpperCase(), "Olivia@Example.COM"]) {
    const page = await as(undefined);
    await page.goto("/sign-in");
    await fillSignIn(page, name, password);
    await expect(page.getByRole("heading", users)).toBeVisible();
  }
});

test("a wrong password and an unknown name get the same answer", async ({ page, owner }) => {
  const told = page.getByRole("alert").getByText("Invalid credentials");
  await page.goto("/sign-in");
  for (const name of [owner.username, "nobody at all"]) {
    await fillSignIn(page, name, "not the password of anybody");
    await expect(told).toBeVisible();
    await expect(page.getByLabel("Username or email")).toHaveValue(name);
    await page.reload();
  }
});

test("after five wrong passwords the sign-in page says how long to wait", async ({ page }) => {
  await person({ roles: ["user"], username: "forgetful" });
  await page.goto("/sign-in");
  const alert = page.getByRole("main").getByRole("alert");
  for (let tries = 1; tries <= 5; tries += 1) {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await fillSignIn(page, "forgetful", `wrong password number ${tries}`);
    await answered;
    await expect(alert).toContainText("Invalid credentials");
  }
  await fillSignIn(page, "forgetful", password);
  await expectTold(page, "too_many_attempts", /\b15\b/);
  expect(await database().session.count({ where: { user: { username: "forgetful" } } })).toBe(0);
});

test("the session is a cookie that scripts cannot read and other sites do not send", async ({
  page,
  owner,
}) => {
  await page.goto("/sign-in");
  await fillSignIn(page, owner.username, password);
  await expect(page.getByRole("heading", users)).toBeVisible();
  const cookies = await page.context().cookies();
  const kept = { httpOnly: true, sameSite: "Lax", secure: false, path: "/" };
  expect(cookies.map(({ name }) => name).sort()).toEqual(["bailiwick-device", "bailiwick-session"]);
  expect(cookies).toEqual(cookies.map(() => expect.objectContaining(kept)));
  const stored = [
    await database().session.findMany({ select: { tokenHash: true } }),
    await database().knownBrowser.findMany({ select: { tokenHash: true } }),
  ];
  for (const { value } of cookies) expect(JSON.stringify(stored)).not.toContain(value);
});

test("a tab whose session has ended goes to sign-in on its next click, and back afterwards (P56)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  await page.goto("/settings/users?sort=-created");
  await endSessions(owner.id);
  await page.getByRole("link", { name: "Email" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, owner.username, password);
  await expect(page).toHaveURL("/settings/users?sort=email");
  await expect(page.getByRole("columnheader", { name: "Email" })).toHaveAttribute("aria-sort", "ascending");
});

test("a form that is sent after the session has ended changes nothing and leads back to its page (P56)", async ({
  as,
  owner,
}) => {
  const page = await as(owner);
  const before = await database().setting.findMany();
  await page.goto("/settings/users");
  await page.getByLabel("Enable User Self-Registration").check();
  await endSessions(owner.id);
  await page.getByRole("button", { name: "Save Settings" }).click();
  await expect(page).toHaveURL("/sign-in?next=%2Fsettings%2Fusers");
  expect(await database().setting.findMany()).toEqual(before);
  await fillSignIn(page, owner.username, password);
  await expect(page).toHaveURL("/settings/users");
});

test("signing out ends the session itself, not only its cookie", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/account");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "Olivia Owens" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  expect(await page.context().cookies()).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(cookies);
  await page.goto("/account");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount");
});

test("an address to go back to never leads to another site", async ({ as, owner, installation }) => {
  const page = await as(undefined);
  for (const next of ["//evil.example/", "https://evil.example/", "/\\evil.example", "/sign-in"]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await fillSignIn(page, owner.username, password);
    await expect(page.getByRole("heading", users)).toBeVisible();
    expect(new URL(page.url()).origin).toBe(installation.address);
    await page.context().clearCookies();
  }
});

test("who is signed in already does not see the sign-in page", async ({ as, owner }) => {
  const page = await as(owner);
  await page.goto("/sign-in?next=/account");
  await expect(page).toHaveURL("/account");
});

async function endSessions(userId: string): Promise<void> {
  await database().session.updateMany({ where: { userId }, data: { endedAt: new Date() } });
}
