import type { Page } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { type IdentityProvider, startIdentityProvider } from "#test/identity-provider.ts";
import { password, person, rolesOf } from "#test/people.ts";
import { freePort, startConsole } from "#test/running-console.ts";
import { expectAccessible } from "./accessible.ts";
import { expectTold, saidFor } from "./answers.ts";
import { test as base, expect } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";

const client = { id: "bailiwick", secret: "a secret of the console and the peer" };
const people = {
  ada: {
    claims: { email: "ada@example.com", email_verified: true, given_name: "Ada", groups: ["it-admins"] },
  },
  tom: { claims: { email: "tom@example.com", email_verified: true, given_name: "Tom", groups: ["hosts"] } },
  kim: { claims: { email: "kim@example.com", email_verified: true, given_name: "Kim", groups: ["hosts"] } },
  nora: { claims: { email: "nora@example.com", email_verified: true, groups: [] } },
  eve: { claims: { email: "olivia@example.com", email_verified: true, groups: [] } },
  jane: { claims: { email: "jane@elsewhere.example.com" } },
};

let provider: Promise<IdentityProvider> | undefined;
base.afterAll(async () => (await provider)?.stop());

/** The console as the environment connects it to a real provider on loopback. */
const test = base.extend<{ peer: IdentityProvider; connected: undefined; former: boolean }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this needs
  peer: async ({}, use) => {
    provider ??= startIdentityProvider({ accounts: people });
    await use(await provider);
  },
  settings: async ({ peer, former }, use) => {
    // PatchMon's callback, for a provider that knows the console by it: then the port has to be known beforehand.
    const port = former ? await freePort() : undefined;
    const redirect = `http://127.0.0.1:${port}/api/v1/auth/oidc/callback`;
    await use({
      ...(port && { PORT: String(port), OIDC_REDIRECT_URI: redirect }),
      OIDC_ISSUER_URL: peer.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_ENFORCE_HTTPS: "false",
      OIDC_AUTO_CREATE_USERS: "true",
      OIDC_SYNC_ROLES: "true",
      OIDC_ADMIN_GROUP: "it-admins",
      OIDC_HOST_MANAGER_GROUP: "hosts",
      OIDC_BUTTON_TEXT: "Login with the company",
    });
  },
  former: [false, { option: true }],
  // The peer knows the console once it has an address.
  connected: [
    async ({ peer, installation }, use) => {
      const { address } = installation;
      peer.addClient({
        ...client,
        redirectUris: [`${address}/api/auth/callback/oidc`, `${address}/api/v1/auth/oidc/callback`],
        postLogoutUris: [`${address}/sign-in`],
        backchannelLogoutUri: `${address}/api/auth/backchannel-logout/oidc`,
      });
      await use(undefined);
    },
    { auto: true },
  ],
});

/** Not the router's own announcer, which is an alert too. */
const problemOn = (page: Page) => page.getByRole("alert").filter({ hasText: /\S/ });

async function signInAt(page: Page, username: string): Promise<void> {
  await page.getByRole("button", { name: "Login with the company" }).click();
  await expect(page.getByRole("heading", { name: "Sign in at the provider" })).toBeVisible();
  await page.getByLabel("Name at the provider").fill(username);
  await page.getByRole("button", { name: "Go on" }).click();
}

test.describe("an empty installation", () => {
  test.use({ share: "nothing", former: true });

  test("P07: the first sign-in at the provider becomes the owner", async ({ page }) => {
    await page.goto("/");
    await expect(page).toHaveURL("/setup");
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await signInAt(page, "jane");
    await expectTold(page, "address_unverified");
    await page.context().clearCookies();
    await page.goto("/setup");
    await signInAt(page, "ada");
    await expect(page).toHaveURL("/settings/users");
    await expect(page.getByRole("row", { name: /Ada.*You/ })).toContainText("Super Admin");
  });
});

test.describe("an installation with an owner", () => {
  test("P50: another group makes another role at the next sign-in, and the old session is over", async ({
    as,
    owner,
    peer,
  }) => {
    expect(owner.username).toBe("olivia");
    const first = await as(undefined);
    await first.goto("/account/sessions");
    await expect(first.getByRole("textbox", { name: "Username or email" })).toBeVisible();
    await expectAccessible(first);
    await signInAt(first, "tom");
    await expect(first).toHaveURL("/account/sessions");
    await expect(first.getByText("Single sign-on").first()).toBeVisible();
    const tom = await database().user.findUniqueOrThrow({ where: { usernameKey: "tom" } });
    expect(await rolesOf(tom)).toEqual(["host_manager"]);

    peer.accounts.set("tom", { claims: { ...people.tom.claims, groups: ["it-admins"] } });
    const second = await as(undefined);
    await second.goto("/sign-in");
    await signInAt(second, "tom");
    await expect(second.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
    expect(await rolesOf(tom)).toEqual(["admin"]);
    await first.goto("/account/sessions");
    await expect(first).toHaveURL("/sign-in?next=%2Faccount%2Fsessions");
  });

  test("P52: an address alone does not make anybody an administrator, and the page says what does", async ({
    as,
    owner,
  }) => {
    expect(owner.email).toBe("olivia@example.com");
    const page = await as(undefined);
    await page.goto("/sign-in");
    await signInAt(page, "eve");
    await expectTold(page, "administrator_unlinked");
    await expectAccessible(page);
    const answer = await page.goto("/sign-in?problem=made+up&provider=%3Cb%3E");
    expect(await answer?.text()).not.toContain("made up");
    await expect(problemOn(page)).toHaveCount(0);
  });

  test("without scripts the way to the provider and back is the same", async ({ as, owner }) => {
    expect(owner.username).toBe("olivia");
    const page = await as(undefined, { javaScriptEnabled: false });
    await page.goto("/account/profile");
    await signInAt(page, "nora");
    await expect(page).toHaveURL("/account/profile");
  });

  test("somebody connects their account there, and confirms with it who they are", async ({ as, peer }) => {
    const own = await person({ roles: ["admin"], username: "connie" });
    peer.accounts.set("connie-there", { claims: { email: "other@example.com" } });
    const page = await as(own);
    await page.goto("/account/connections");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Connect Single sign-on" }).click();
    await page.getByLabel("Name at the provider").fill("connie-there");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("status").filter({ hasText: "is connected" })).toBeVisible();
    await expectAccessible(page);

    const before = new Date(Date.now() - 31 * 60_000);
    await database().session.updateMany({ where: { userId: own.id }, data: { provenAt: before } });
    await page.goto("/account/confirm?next=%2Faccount%2Fconnections");
    await page.getByRole("button", { name: "Sign in again at Single sign-on" }).click();
    // However well the provider knows them, it asks.
    await page.getByLabel("Name at the provider").fill("connie-there");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page).toHaveURL("/account/connections");
    const { provenAt } = await database().session.findFirstOrThrow({
      where: { userId: own.id, endedAt: null },
    });
    expect(provenAt.getTime()).toBeGreaterThan(before.getTime());
  });

  test("nobody adds to what the provider is asked, and next-auth's own way there is shut", async ({
    as,
    installation,
    peer,
  }) => {
    const page = await as(undefined);
    const before = peer.requests.length;
    const csrf = await page.request.get(`${installation.address}/api/auth/csrf`);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const answer = await page.request.post(
      `${installation.address}/api/auth/signin/oidc?redirect_uri=https://evil.example.com&prompt=none`,
      {
        form: { csrfToken, json: "true" },
        headers: { origin: installation.address },
        maxRedirects: 0,
      },
    );
    expect(await answer.text()).not.toContain(peer.issuer);
    expect(answer.headers().location ?? "").not.toContain(peer.issuer);
    expect(peer.requests.length).toBe(before);
    const forged = {
      url: `${installation.address}/sign-in`,
      action: (await serverActions()).get("signInAtProviderForm") ?? "",
      fields: [["provider", "oidc"]] as [string, string][],
    };
    for (const way of ["script", "form"] as const) {
      const foreign = await sendForm(forged, { way, origin: "https://evil.example" });
      expect([foreign.status, foreign.headers.get("set-cookie")]).toEqual([403, null]);
    }
    const own = await sendForm(forged, { way: "script" });
    expect(own.headers.get("x-action-redirect")).toContain(`${peer.issuer}/auth?`);
    expect(own.headers.get("x-action-redirect")).not.toContain("prompt");
    const posted = await page.request.post(`${installation.address}/api/auth/callback/oidc`, {
      headers: { origin: installation.address },
    });
    expect(posted.status()).toBe(404);
    const patchmon = await page.request.get(`${installation.address}/api/v1/auth/oidc/callback`);
    expect(patchmon.status()).toBe(404);
  });
});

test.describe("signing out", () => {
  const signedIn = async (page: Page) => {
    await page.goto("/account/profile");
    await signInAt(page, "kim");
    await expect(page).toHaveURL("/account/profile");
    return page;
  };
  const signOut = async (page: Page) => {
    await page.getByRole("button", { name: "Kim" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
  };
  const liveSessions = () =>
    database().session.count({ where: { user: { usernameKey: "kim" }, endedAt: null } });

  test("here signs out at the provider too, with scripts and without", async ({ as, owner }) => {
    expect(owner.username).toBe("olivia");
    for (const javaScriptEnabled of [true, false]) {
      const page = await signedIn(await as(undefined, { javaScriptEnabled }));
      await signOut(page);
      await expect(page.getByRole("heading", { name: "Sign out of the provider?" })).toBeVisible();
      expect(await liveSessions()).toBe(0);
      await page.getByRole("button", { name: "Yes, sign me out" }).click();
      await expect(page).toHaveURL(/\/sign-in\?state=/);
      await expectTold(page, "provider_asked", "Single sign-on");
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByRole("button", { name: "Login with the company" }).click();
      await expect(page.getByRole("heading", { name: "Sign in at the provider" })).toBeVisible();
    }
  });

  test("here alone, when the provider is another one by now, and the page says so", async ({ as, owner }) => {
    expect(owner.username).toBe("olivia");
    const page = await signedIn(await as(undefined));
    const where = { user: { usernameKey: "kim" } };
    await database().session.updateMany({ where, data: { issuer: "https://before.example.com" } });
    await signOut(page);
    await expectTold(page, "provider_not_asked", "Single sign-on");
    await expectAccessible(page);
    expect(await liveSessions()).toBe(0);
    await page.goto("/sign-in?state=made-up");
    await expect(saidFor(page, "provider_not_asked")).toHaveCount(0);
  });

  test("at the provider ends the session on the next request, at this console and at another one", async ({
    as,
    owner,
    peer,
    settings,
    catalogue,
  }) => {
    expect(owner.username).toBe("olivia");
    const databaseUrl = String(env().databaseUrl);
    const second = await startConsole({
      BAILIWICK_CATALOGUE: catalogue,
      ...settings,
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: "3",
    });
    try {
      const page = await signedIn(await as(undefined));
      // Cookies do not know ports: the same browser is signed in there too.
      await page.goto(`${second.address}/account/profile`);
      await expect(page).toHaveURL(`${second.address}/account/profile`);
      await page.goto(`${peer.issuer}/session/end`);
      await page.getByRole("button", { name: "Yes, sign me out" }).click();
      await expect(page.getByRole("heading", { name: "Signed out of the provider" })).toBeVisible();
      for (const address of [second.address, ""]) {
        await page.goto(`${address}/account/profile`);
        await expect(page).toHaveURL(`${address}/sign-in?next=%2Faccount%2Fprofile`);
      }
    } finally {
      await second.end("SIGTERM");
    }
  });
});

test.describe("passwords switched off", () => {
  test("the form is gone, and a password that is sent anyway opens nothing", async ({ as, owner }) => {
    const page = await as(undefined);
    await page.goto("/sign-in");
    await page.getByLabel("Username or email").fill(owner.username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    const value = { disableLocalSignIn: true };
    const key = "single sign-on";
    await database().setting.create({ data: { key, value, updatedAt: new Date() } });
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectTold(page, "local_sign_in_off");
    await page.goto("/sign-in");
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Login with the company" })).toBeVisible();
    await expectAccessible(page);
    await database().setting.delete({ where: { key } });
  });
});
