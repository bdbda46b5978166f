import { database } from "#lib/kernel/database.ts";
import { openMailServer, plainText } from "#test/mail-server.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectDone, expectInvalid, expectTold } from "./answers.ts";
import { expect, test } from "./fixtures.ts";

const mailPort = 20_000 + (process.pid % 10_000);
const port = 30_000 + (process.pid % 2_700);
test.use({
  settings: {
    PORT: String(port),
    BAILIWICK_URL: `http://127.0.0.1:${port}`,
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    MAIL_FROM: "console@example.com",
  },
});

let mails: Awaited<ReturnType<typeof openMailServer>>;
test.beforeAll(async () => {
  mails = await openMailServer(mailPort);
});
test.afterAll(() => mails.close());
// Without an owner every page leads to set-up.
test.beforeEach(async ({ installation, owner: _ }) => {
  await installation.once("registration", () =>
    database().setting.create({
      data: { key: "registration", value: { enabled: true, role: "readonly" }, updatedAt: new Date() },
    }),
  );
});

const mailTo = async (address: string) => {
  const to = () => mails.received.filter((mail) => mail.to[0] === address);
  await expect.poll(() => to().length).toBe(1);
  return to().map(plainText).join();
};

for (const scripts of [true, false])
  test(`with a mail server an account begins with the link that was sent, ${scripts ? "with" : "without"} scripts (P28)`, async ({
    as,
  }) => {
    const page = await as(undefined, { javaScriptEnabled: scripts });
    const username = scripts ? "mia" : "noa";
    const email = `${username}@example.com`;
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Sign up" }).click();
    if (scripts) await expectAccessible(page);
    await page.getByLabel("Email").fill("no address");
    await page.getByRole("button", { name: "Continue" }).click();
    await expectInvalid(page.getByLabel("Email"), "invalid_format");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL("/sign-up?sent");
    await expectDone(page, "ask for sign-up link");
    if (scripts) await expectAccessible(page);
    expect(await database().user.count({ where: { email } })).toBe(0);

    const link = /http:\S+\/sign-up\?token=\S+/.exec(await mailTo(email))?.[0] ?? "";
    const anywhere = await as(undefined, { javaScriptEnabled: scripts });
    await anywhere.goto(link);
    if (scripts) await expect(anywhere).toHaveURL("/sign-up");
    if (scripts) await expectAccessible(anywhere);
    await expect(anywhere.getByLabel("Email")).toHaveValue(email);
    await expect(anywhere.getByLabel("Email")).not.toBeEditable();
    await anywhere.getByLabel("Username").fill(username);
    await anywhere.getByLabel("Password", { exact: true }).fill(password);
    await anywhere.getByRole("button", { name: "Sign up" }).click();
    await expect(anywhere.getByRole("button", { name: username })).toBeVisible();
    const user = await database().user.findFirstOrThrow({ where: { email } });
    expect(user.emailUnproven).toBe(false);
    expect(await rolesOf(user)).toEqual(["readonly"]);

    await page.goto(link);
    await expect(page.getByLabel("Username")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Ask for a new one" })).toBeVisible();
    if (scripts) await expectAccessible(page);
  });

test("for a taken address the page is the same, and its owner is told by mail", async ({ as }) => {
  const owner = await person({ roles: ["user"] });
  const page = await as(undefined);
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(owner.email.toUpperCase());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/sign-up?sent");
  await expectDone(page, "ask for sign-up link");
  const text = await mailTo(owner.email);
  expect(text).toContain(owner.username);
  expect(text).not.toContain("token=");
});

test("a user who saves their profile is told so, with another address where to look as well", async ({
  as,
}) => {
  const who = await person({ roles: ["user"] });
  const page = await as(who);
  await page.goto("/account/profile");
  await page.getByLabel("First name").fill("Ann");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expectDone(page, "edit own profile");
  await page.goto("/account/profile");
  const email = `${who.username}.new@example.com`;
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Save profile" }).click();
  await expectDone(page, "edit own profile", email);
  await expect(page.getByRole("button", { name: "Keep current address" })).toBeVisible();
  await page.getByRole("button", { name: "Keep current address" }).click();
  await expectDone(page, "cancel new email address");
});

test("with self-registration off by then, the page behind a link says so (P27)", async ({ as }) => {
  const page = await as(undefined);
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill("late@example.com");
  const value = { enabled: false, role: "readonly" };
  await database().setting.update({ where: { key: "registration" }, data: { value } });
  await page.getByRole("button", { name: "Continue" }).click();
  await expectTold(page, "sign_up_off");
  await database().setting.update({
    where: { key: "registration" },
    data: { value: { ...value, enabled: true } },
  });
});
