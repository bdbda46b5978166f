import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { password, person } from "#test/people.ts";
import { expectAccessible } from "./accessible.ts";
import { expectTold, saidFor } from "./answers.ts";
import { test as base, expect } from "./fixtures.ts";
import { fillIdentity, fillSignIn } from "./forms.ts";
import { cookieOf } from "./session.ts";
import { type Stoppable, startStoppable } from "./stoppable.ts";

let stoppable: Stoppable;

const test = base.extend({
  installation: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this needs
    async ({}, use) => {
      stoppable ??= await startStoppable();
      await stoppable.enter();
      await use(stoppable);
    },
    { scope: "test", timeout: 60_000 },
  ],
});

test.afterAll(() => stoppable?.stop());

const withoutScripts = { javaScriptEnabled: false };
const scimType = "application/scim+json; charset=utf-8";

const editOf = async (page: Page, id: string) => {
  await page.goto(`/settings/users?edit=${id}`);
  return page.getByRole("dialog");
};

test("while the database is away, every page and every interface says so and when to come back", async ({
  as,
  owner,
  problems,
  installation,
}) => {
  problems.expect(/503/);
  const cookie = await cookieOf(owner);
  const page = await as(owner);
  const asked = await fetch(`${installation.address}/api/auth/csrf`);
  const guard = {
    cookies: asked.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; "),
    ...(await asked.json()),
  };
  await stoppable.withoutDatabase(async () => {
    for (const path of ["/", "/sign-in", "/sign-up", "/settings/users", "/settings/roles", "/account"]) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await fetch(installation.address + path, { method, headers: { cookie } });
        expect([path, answer.status], method).toEqual([path, 503]);
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(await answer.text()).toContain(method === "GET" ? 'data-reason="database_away"' : "");
      }
    }
    const { cookies, csrfToken } = guard;
    const credentials = await fetch(`${installation.address}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { origin: installation.address, "content-type": "application/json", cookie: cookies },
      body: JSON.stringify({ identifier: "x", password, csrfToken, json: "true" }),
    });
    const provider = await fetch(`${installation.address}/api/auth/callback/none?code=1&state=2`);
    for (const answer of [credentials, provider]) {
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.status).toBe(503);
    }
    const scim = await fetch(`${installation.address}/scim/v2/Users`, {
      headers: { authorization: `Bearer ${"x".repeat(43)}` },
    });
    expect([scim.status, scim.headers.get("content-type")]).toEqual([503, scimType]);
    expect(Number(scim.headers.get("retry-after"))).toBeGreaterThan(0);

    await page.goto("/settings/users");
    await expect(saidFor(page, "database_away")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Try again" })).toBeFocused();
  });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("a form that cannot be saved keeps what was typed, and saves it when the database is back", async ({
  as,
  owner,
}) => {
  const jane = await person({ username: "jane", roles: ["user"] });
  const page = await as(owner);
  const dialog = await editOf(page, jane.id);
  await dialog.getByLabel("First name").fill("Janet");
  const save = dialog.getByRole("button", { name: "Update User" });
  await stoppable.withoutDatabase(async () => {
    await save.click();
    await expect(saidFor(dialog, "database_away")).toBeVisible();
    await expect(dialog.getByLabel("First name")).toHaveValue("Janet");
  });
  await save.click();
  await expect(dialog).toBeHidden();
  expect(await database().user.findUnique({ where: { id: jane.id } })).toMatchObject({ givenName: "Janet" });
});

test("so does a form that is sent without scripts, but for the password", async ({ as, owner, problems }) => {
  problems.expect(/503/);
  const page = await as(owner, withoutScripts);
  await page.goto("/settings/users?add");
  const dialog = page.getByRole("dialog", { name: "Add New User" });
  await fillIdentity(dialog, { username: "kept", email: "kept@example.com", givenName: '<b>"K"' });
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await stoppable.withoutDatabase(async () => {
    await dialog.getByRole("button", { name: "Create User" }).click();
    await expect(saidFor(page, "database_away")).toBeVisible();
    expect(await page.content()).not.toContain(password);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(saidFor(page, "database_away")).toBeVisible();
  });
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row", { name: /kept@example.com/ })).toBeVisible();
  expect(await database().user.findFirst({ where: { username: "kept" } })).toMatchObject({
    givenName: '<b>"K"',
  });
});

test("so does a form whose console does not answer at all", async ({ as, owner, problems }) => {
  problems.expect(/ERR_CONNECTION_REFUSED/);
  const jack = await person({ username: "jack", roles: ["user"] });
  const page = await as(owner);
  const dialog = await editOf(page, jack.id);
  await dialog.getByLabel("First name").fill("Jacob");
  const save = dialog.getByRole("button", { name: "Update User" });
  await page.route("**/settings/users*", (route) => route.abort("connectionrefused"));
  await save.click();
  await expect(saidFor(dialog, "no_answer")).toBeVisible();
  await expect(dialog.getByLabel("First name")).toHaveValue("Jacob");
  await page.unrouteAll();
  await save.click();
  await expect(dialog).toBeHidden();
});

test("signing in says it too, with and without scripts", async ({ as, owner, problems }) => {
  problems.expect(/503/);
  const [page, plain] = [await as(undefined), await as(undefined, withoutScripts)];
  await page.goto("/sign-in");
  await plain.goto("/sign-in");
  await stoppable.withoutDatabase(async () => {
    for (const one of [page, plain]) {
      await fillSignIn(one, owner.username, password);
      await expect(saidFor(one, "database_away")).toBeVisible();
    }
    await expect(page.getByLabel("Username or email")).toHaveValue(owner.username);
  });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await plain.getByLabel("Password").fill(password);
  await plain.getByRole("button", { name: "Try again" }).click();
  for (const one of [page, plain])
    await expect(one.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("a selection that was not reached stays selected", async ({ as, owner }) => {
  await person({ username: "bulk-one", roles: ["user"] });
  await person({ username: "bulk-two", roles: ["user"] });
  const page = await as(owner);
  await page.goto("/settings/users?q=bulk");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Deactivate", exact: true }).click();
  await stoppable.withoutDatabase(async () => {
    const asked = page.getByRole("dialog", { name: "Deactivate 2 users?" });
    await asked.getByRole("button", { name: "Deactivate", exact: true }).click();
    await expect(saidFor(page.getByRole("dialog"), "database_away")).toBeVisible();
  });
  expect(await database().user.count({ where: { username: { startsWith: "bulk" }, active: false } })).toBe(0);
});

test("a link that leads to a page without its database leads there later", async ({
  as,
  owner,
  problems,
}) => {
  problems.expect(/React error #441/);
  const page = await as(owner);
  await page.goto("/settings/users");
  await stoppable.withoutDatabase(async () => {
    await page.getByRole("link", { name: "Organizations" }).first().click();
    await expect(saidFor(page, "database_away")).toBeVisible();
  });
  await page.getByText("Try again", { exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Organizations" })).toBeVisible();
});

test("a database that hangs is found out, and says what one says that is away", async ({
  as,
  owner,
  problems,
}) => {
  test.setTimeout(120_000);
  problems.expect(/503/);
  const who = await person({ username: "hank", roles: ["user"] });
  const [page, plain] = [await as(owner), await as(owner, withoutScripts)];
  const [stranger, plainStranger] = [await as(undefined), await as(undefined, withoutScripts)];
  const pages = [page, plain];
  for (const one of [stranger, plainStranger]) await one.goto("/sign-in");
  for (const one of pages) await (await editOf(one, who.id)).getByLabel("Last name").fill("Kept");
  await database().$disconnect();
  await stoppable.hanging(async () => {
    const save = async (at: Page) => {
      await at.getByRole("dialog").getByRole("button", { name: "Update User" }).click({ timeout: 30_000 });
      await expect(saidFor(at, "database_away")).toBeVisible({ timeout: 30_000 });
    };
    const enter = async (at: Page) => {
      await fillSignIn(at, owner.username, password);
      await expect(saidFor(at, "database_away")).toBeVisible({ timeout: 30_000 });
    };
    await Promise.all([save(page), save(plain), enter(stranger), enter(plainStranger)]);
    await expect(page.getByRole("dialog").getByLabel("Last name")).toHaveValue("Kept");
    await expect(stranger.getByLabel("Username or email")).toHaveValue(owner.username);
    const answer = await fetch(`${stoppable.address}/api/health`);
    expect(answer.status).toBe(200);
  });
  await page.getByRole("dialog").getByRole("button", { name: "Update User" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await plain.getByRole("button", { name: "Try again" }).click();
  // The other browser saved meanwhile: the entries are there, to be looked at.
  await expectTold(plain, "edit_conflict");
  await expect(plain.getByRole("dialog").getByLabel("Last name")).toHaveValue("Kept");
});

test("what waits too long in the database says for what, and is done by another try", async ({
  as,
  owner,
  problems,
}) => {
  test.setTimeout(120_000);
  problems.expect(/503/);
  const who = await person({ username: "bess", roles: ["user"] });
  const [page, plain] = [await as(owner), await as(owner, withoutScripts)];
  const pages = [page, plain];
  for (const one of pages) await (await editOf(one, who.id)).getByLabel("Last name").fill("Kept");
  await stoppable.locking([`SELECT FROM users WHERE id = '${who.id}' FOR UPDATE`], async () => {
    const save = async (at: Page) => {
      await at.getByRole("dialog").getByRole("button", { name: "Update User" }).click({ timeout: 30_000 });
      await expect(saidFor(at, "database_locked")).toBeVisible({ timeout: 30_000 });
      await expect(at.getByRole("dialog").getByLabel("Last name")).toHaveValue("Kept");
    };
    await Promise.all(pages.map(save));
  });
  await page.getByRole("dialog").getByRole("button", { name: "Update User" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await stoppable.locking(["LOCK TABLE organizations IN ACCESS EXCLUSIVE MODE"], () =>
    Promise.all(
      pages.map(async (at) => {
        const answer = await at.goto("/settings/organizations", { timeout: 30_000 });
        expect([answer?.status(), answer?.headers()["retry-after"]]).toEqual([503, "3"]);
        await expect(saidFor(at, "database_slow")).toBeVisible();
      }),
    ),
  );
  for (const at of pages) {
    await at.getByRole("link", { name: "Try again" }).click();
    await expect(at.getByRole("heading", { level: 1, name: "Organizations" })).toBeVisible();
  }
});

const terminate =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";

/**
 * A full disk is PostgreSQL's own code for it, raised where a row of the trail is written. A clock that runs ahead dates those
 * rows; the trigger that looks at the date comes after this one, by its name.
 */
const faults = {
  database_read_only: {
    begins: ["ALTER DATABASE bailiwick SET default_transaction_read_only = on", terminate],
    ends: ["ALTER DATABASE bailiwick RESET default_transaction_read_only", terminate],
  },
  database_full: {
    begins: [
      `CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
      "CREATE TRIGGER is_full BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION is_full()",
    ],
    ends: ["DROP FUNCTION is_full CASCADE"],
  },
  clocks_differ: {
    begins: [
      `CREATE FUNCTION is_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         NEW.at := NEW.at + interval '1 day'; RETURN NEW; END $$`,
      "CREATE TRIGGER aa_is_late BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION is_late()",
    ],
    ends: ["DROP FUNCTION is_late CASCADE"],
  },
};

for (const [reason, { begins, ends }] of Object.entries(faults)) {
  test(`pages are read on, and forms say why they are not saved: ${reason}`, async ({
    as,
    owner,
    problems,
  }) => {
    problems.expect(/503/);
    const who = await person({
      username: reason.replace("database_", "").replaceAll("_", "-"),
      roles: ["user"],
    });
    const [page, plain] = [await as(owner), await as(owner, withoutScripts)];
    const dialogs = [await editOf(page, who.id), await editOf(plain, who.id)];
    await database().$disconnect();
    await stoppable.administer(...begins);
    for (const dialog of dialogs) {
      await dialog.getByLabel("Last name").fill("Kept");
      await dialog.getByRole("button", { name: "Update User" }).click();
      await expect(saidFor(dialog, reason)).toBeVisible();
      await expect(dialog.getByLabel("Last name")).toHaveValue("Kept");
    }
    await plain.goto("/settings/users");
    await expect(plain.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    await stoppable.administer(...ends);
    const open = page.getByRole("dialog");
    await open.getByRole("button", { name: "Update User" }).click();
    await expect(open).toBeHidden();
  });
}
