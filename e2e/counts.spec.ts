import { type Browser, expect, test } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { type Budget, holdAgainst } from "#test/counts/budgets.ts";
import { type CountedConsole, startCountedConsole } from "#test/counts/counted-console.ts";
import { type CountedPage, countedPage } from "#test/counts/counted-page.ts";
import { scriptsOf } from "#test/counts/scripts-of.ts";
import { type Visit, visitsOf } from "#test/counts/visits.ts";
import { password, person } from "#test/people.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";
import { matrixOf } from "./matrix-page.ts";
import { cookieOf, plantSession } from "./session.ts";

test.describe.configure({ timeout: 120_000 });

/** New for each test: two minutes after its start a console sweeps, which would be counted along. */
let console: CountedConsole;
test.beforeEach(async () => {
  console = await startCountedConsole();
});
test.afterEach(() => console.stop());

/** Once a minute a session is noted as used, which would be counted by chance: not for the next hour. */
async function leaveUntouched({ id: userId }: { id: string }): Promise<void> {
  const lastUsedAt = new Date(Date.now() + 3_600_000);
  await database().session.updateMany({ where: { userId }, data: { lastUsedAt } });
}

/** A page of the owner's, or of nobody's. */
async function openPage(
  browser: Browser,
  who: { id: string } | undefined,
  quiet?: number,
): Promise<CountedPage> {
  const context = await browser.newContext({ baseURL: console.address, reducedMotion: "reduce" });
  if (who) await plantSession(context, console.address, who);
  if (who) await leaveUntouched(who);
  return countedPage(context, console.wire, quiet);
}

test("no page sends more statements or bytes than its budget", async ({ browser }) => {
  const { population } = console;
  const cookie = await cookieOf(population.owner);
  const counted: Budget = {};
  for (const visit of visitsOf(population)) counted[visit.name] = await documentOf(visit, cookie);
  const seen = await openPage(browser, population.owner, 150);
  await seen.open("/settings/organizations");
  for (const visit of visitsOf(population))
    if (!visit.signedOut && !visit.redirects)
      counted[visit.name] = { ...counted[visit.name], navigation: await navigationTo(seen, visit) };
  expect(await holdAgainst("pages", "Statements and bytes of each page.", counted)).toEqual([]);
});

/** The second time at the latest everything that is kept in memory is there. */
async function documentOf({ name, path, signedOut, redirects }: Visit, cookie: string) {
  const headers = { "accept-encoding": "identity", ...(!signedOut && { cookie }) };
  const ask = () =>
    console.wire.during(async () => {
      const answer = await fetch(console.address + path, { headers, redirect: "manual" });
      return { status: answer.status, html: await answer.text() };
    });
  const [first, { result, sent }] = [await ask(), await ask()];
  expect(result.status, `the answer to ${name}`).toBe(redirects ? 307 : 200);
  const statements = Math.min(first.sent.length, sent.length);
  return { statements, html: Buffer.byteLength(result.html), ...scriptsOf(result.html) };
}

/** The statements of a click that leads there from another part of the console. */
async function navigationTo({ page, press }: CountedPage, { path }: Visit): Promise<number> {
  const go = (to: string) =>
    press(async () => {
      await page.evaluate((href) => {
        (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(href);
      }, to);
      await page.waitForURL((url) => url.pathname === to.split("?")[0]);
    });
  const { statements } = await go(path);
  await go(path.startsWith("/account") ? "/settings/organizations" : "/account/password");
  return statements;
}

test("no press renders more components or sends more statements than its budget", async ({ browser }) => {
  const { owner, jane } = console.population;
  const seen = await openPage(browser, owner);
  const { page, open } = seen;
  const counted: Budget = {};
  const press = async (name: string, act: () => Promise<unknown>) => {
    counted[name] = await seen.press(act);
  };
  const box = (who: string) => page.getByRole("checkbox", { name: `Select ${who}`, exact: true });
  const dialog = page.getByRole("dialog");
  const told = (what: RegExp) => expect(page.getByRole("status").getByText(what)).toBeVisible();

  for (const size of [25, 100]) {
    await open(`/settings/users?size=${size}`);
    await press(`select a first row of ${size}`, () => box("person-02").check());
    await press(`select one more row of ${size}`, () => box("person-03").check());
  }
  await open("/settings/users");
  await press("type a letter into the search of users", () =>
    page.getByRole("combobox", { name: "Search users" }).press("j"),
  );
  await open("/settings/users");
  await press("open the commands", () => page.keyboard.press("Control+k"));
  await press("type a letter into the commands", () => page.keyboard.press("a"));

  await open("/settings/roles");
  const { pencil, box: tick } = matrixOf(page);
  await press("start to edit a role in the matrix", () => pencil("Readonly").click());
  await press("tick a box of the matrix", () => tick("Manage Hosts", "Readonly").click());

  await open("/settings/users?q=jane");
  await press("open the dialog of a user", async () => {
    await page.getByRole("link", { name: "Edit jane" }).click();
    await expect(dialog).toBeVisible();
  });
  await dialog.getByLabel("Role").selectOption("User");
  await press("save another role of a user", async () => {
    await dialog.getByRole("button", { name: "Update User" }).click();
    await told(/Saved jane/);
  });
  await open("/settings/users?add");
  await fillIdentity(dialog, { username: "newcomer", email: "newcomer@example.com" });
  await dialog.getByLabel("Password", { exact: true }).fill("four quiet lamps by the sea");
  await press("add a user", async () => {
    await dialog.getByRole("button", { name: "Create User" }).click();
    await told(/User created successfully/);
  });
  await open(`/settings/users?delete=${jane.id}`);
  await press("delete a user", async () => {
    await dialog.getByRole("button", { name: /^Delete/ }).click();
    await told(/Deleted/);
  });
  await open("/settings/sessions?q=person-01");
  await page
    .getByRole("link", { name: /^End session of/ })
    .first()
    .click();
  await press("end a session", async () => {
    await dialog.getByRole("button", { name: "End session" }).click();
    await told(/Ended a session/);
  });
  const guest = await openPage(browser, undefined);
  await person({ username: "guest", roles: ["user"] });
  await guest.open("/sign-in");
  counted["sign in"] = await guest.press(async () => {
    await fillSignIn(guest.page, "guest", password);
    await guest.page.waitForURL((url) => url.pathname !== "/sign-in");
  });
  expect(await holdAgainst("presses", "What each press sets off.", counted)).toEqual([]);
});
