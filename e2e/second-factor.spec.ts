import type { Page } from "@playwright/test";
import { authenticatorApp, enrolTotp, requireFactor } from "#test/factors.ts";
import { type Person, password, person } from "#test/people.ts";
import { expectDone, expectTold, saidFor } from "./answers.ts";
import { named, plugIn } from "./authenticator.ts";
import { expect, test } from "./fixtures.ts";

const ownPage = "/account/second-factor";

async function enterPassword(page: Page, { username }: Person) {
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The code of the next half minute is good already, and has not been used to set the app up. */
const nextCode = (secret: string) => authenticatorApp(secret).codeAt(new Date(Date.now() + 30_000));

async function enterCode(page: Page, code: string) {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("somebody sets up an authenticator app, and from then on the password is not enough (P54)", async ({
  as,
}) => {
  const who = await person({ roles: ["host_manager"] });
  const page = await as(who);
  await page.goto(ownPage);
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
  await expect(dialog.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const secret = ((await dialog.getByRole("code").textContent()) ?? "").replaceAll(" ", "");
  await dialog.getByLabel("Code", { exact: true }).fill("000 00");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/six digits/);
  await dialog.getByLabel("Code", { exact: true }).fill(authenticatorApp(secret).codeAt(new Date()));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  const recovery = (await dialog.getByRole("listitem").first().textContent()) ?? "";
  await dialog.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("10 of 10 left")).toBeVisible();

  const other = await as(undefined);
  await other.goto("/account?from=mail");
  await enterPassword(other, who);
  await expect(other.getByText(who.username)).toBeVisible();
  const half = await other.context().newPage();
  for (const path of ["/account", "/settings/users", "/"]) {
    await half.goto(path);
    await expect(half).toHaveURL(/\/sign-in/);
  }
  await enterCode(other, "000000");
  await expectTold(other, "wrong_code");
  await enterCode(other, nextCode(secret));
  await expect(other).toHaveURL("/account?from=mail");

  const third = await as(undefined);
  await third.goto("/sign-in?next=/account");
  await enterPassword(third, who);
  await third.getByRole("link", { name: "Use a recovery code" }).click();
  await third.getByLabel("Recovery code").fill(recovery.toUpperCase());
  await third.getByRole("button", { name: "Sign in" }).click();
  await expect(third).toHaveURL("/account");
  await third.goto(ownPage);
  await expect(third.getByText("9 of 10 left")).toBeVisible();
});

test("a remembered browser is not asked again, until it is revoked (P54)", async ({ as }) => {
  const who = await person({ roles: ["host_manager"] });
  const { app } = await enrolTotp(who);
  const page = await as(undefined);
  await page.goto("/sign-in?next=/account/second-factor");
  await enterPassword(page, who);
  await page.getByLabel("Remember this device").check();
  await enterCode(page, nextCode(app.secret));
  await expect(page.getByRole("list", { name: "Your trusted devices" })).toContainText("This browser");

  const { cookies } = await page.context().storageState();
  const names = cookies.map(({ name, httpOnly }) => `${name} ${httpOnly}`);
  expect(names.sort()).toEqual(["bailiwick-device true", "bailiwick-session true"]);
  await page.context().clearCookies({ name: "bailiwick-session" });
  await page.goto("/sign-in?next=/account/second-factor");
  await enterPassword(page, who);
  await expect(page).toHaveURL(ownPage);

  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("list", { name: "Your trusted devices" })).toHaveCount(0);
  await page.context().clearCookies({ name: "bailiwick-session" });
  await page.goto("/sign-in");
  await enterPassword(page, who);
  await expect(page).toHaveURL("/second-factor");
});

test("next-auth's own address obeys the same rules: no session without the factor (P54)", async ({
  as,
  installation,
}) => {
  const who = await person({ roles: ["host_manager"] });
  const { app } = await enrolTotp(who);
  const { request } = (await as(undefined)).context();
  const headers = { origin: installation.address };
  const post = async (provider: string, form: Record<string, string>) => {
    const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
    return request.post(`/api/auth/callback/${provider}`, {
      headers,
      form: { ...form, csrfToken, json: "true" },
    });
  };
  const kept = async () =>
    (await request.storageState()).cookies.map(({ name }) => name).filter((name) => /bailiwick/.test(name));

  const first = await post("credentials", { identifier: who.username, password });
  expect(await first.json()).toEqual({ url: "/second-factor" });
  expect(await kept()).toEqual(["bailiwick-second-factor"]);
  const wrong = await post("second-factor", { code: "000000", ticket: "of my own" });
  expect(wrong.status()).toBe(401);
  expect(await kept()).toEqual(["bailiwick-second-factor"]);
  const right = await post("second-factor", { code: nextCode(app.secret), remember: "true" });
  expect(right.status()).toBe(200);
  expect((await kept()).sort()).toEqual(["bailiwick-device", "bailiwick-session"]);

  const other = (await as(undefined)).context().request;
  const { csrfToken } = await (await other.get("/api/auth/csrf")).json();
  const form = { code: nextCode(app.secret), csrfToken, json: "true" };
  const without = await other.post("/api/auth/callback/second-factor", { headers, form });
  expect(without.status()).toBe(401);
});

test.describe("behind TLS", () => {
  test.use({ settings: { BAILIWICK_URL: "https://console.example.com" } });

  test("the cookies between the steps are for this host alone, over TLS, out of reach of scripts", async ({
    installation,
  }) => {
    const who = await person({ roles: ["host_manager"] });
    const { app } = await enrolTotp(who);
    const jar = new Map<string, string>();
    const lines: string[] = [];
    const call = async (path: string, form?: Record<string, string>) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, origin: "https://console.example.com" };
      const sent = form && { method: "POST", body: new URLSearchParams(form) };
      const response = await fetch(installation.address + path, { headers, ...sent });
      for (const line of response.headers.getSetCookie()) {
        lines.push(line);
        const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/) ?? [];
        jar.set(name, value);
      }
      return response;
    };
    const post = async (provider: string, form: Record<string, string>) => {
      const { csrfToken } = await (await call("/api/auth/csrf")).json();
      return call(`/api/auth/callback/${provider}`, { ...form, csrfToken, json: "true" });
    };
    await post("credentials", { identifier: who.username, password });
    await post("second-factor", { code: nextCode(app.secret), remember: "true" });
    for (const name of ["second-factor", "device", "session"]) {
      const line = lines.find((each) => each.startsWith(`__Host-bailiwick-${name}=`));
      expect(line).toMatch(/; path=\/(;|$)/i);
      expect(line).toMatch(/; secure/i);
      expect(line).toMatch(/; httponly/i);
      expect(line).toMatch(name === "second-factor" ? /; samesite=strict/i : /; samesite=lax/i);
      expect(line).not.toMatch(/; domain/i);
    }
  });
});

test("who has to have a factor is led to set one up, and can do nothing else", async ({ as }) => {
  const who = await person({ roles: ["host_manager"] });
  const page = await as(who);
  await requireFactor("host_manager");
  for (const path of ["/", "/settings/users", "/settings/roles"]) {
    await page.goto(path);
    await expect(page).toHaveURL(ownPage);
  }
  await expectTold(page, "second_factor_required");
  await enrolTotp(who);
  await page.reload();
  await expect(saidFor(page, "second_factor_required")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Remove", exact: true })).toHaveAccessibleDescription(
    /\bhost_manager\b/,
  );
  await requireFactor();
});

test("an administrator takes a lost factor away, and the password leads in again", async ({ as, owner }) => {
  const who = await person({ roles: ["host_manager"], username: "lost.phone" });
  await enrolTotp(who);
  const page = await as(owner);
  await page.goto(`/settings/users?edit=${who.id}`);
  await page.getByRole("link", { name: "Reset second factor" }).click();
  const dialog = page.getByRole("dialog", { name: "Reset the second factor of lost.phone?" });
  await dialog.getByRole("button", { name: "Reset second factor" }).click();
  await expectDone(page, "reset second factor", "lost.phone");
  await page.goto(`/settings/users?edit=${who.id}`);
  await expect(page.getByRole("button", { name: "Reset second factor" })).toHaveAccessibleDescription(
    /lost\.phone/,
  );
  const own = await as(undefined);
  await own.goto("/sign-in?next=/account");
  await enterPassword(own, who);
  await expect(own).toHaveURL("/account");
});

test.describe("passkeys, with an authenticator that Chromium plays", () => {
  test("one is added, signs in as the second factor and alone, and is removed", async ({
    as,
    installation,
  }) => {
    const who = await person({ roles: ["host_manager"] });
    const here = named(installation.address);
    const page = await as(undefined, { baseURL: here });
    const authenticator = await plugIn(page);
    await page.goto("/sign-in?next=/account/second-factor");
    await enterPassword(page, who);
    await page.getByRole("link", { name: "Add a passkey" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a passkey" });
    await dialog.getByLabel("Name").fill("Work laptop");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await expectDone(dialog, "add passkey", "Work laptop");
    await expect(dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
    await dialog.getByRole("link", { name: "I have kept them" }).click();
    await expect(page.getByRole("list", { name: "Your passkeys" })).toContainText("Work laptop");

    await page.context().clearCookies();
    await page.goto("/sign-in?next=/account");
    await enterPassword(page, who);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page).toHaveURL(`${here}/account`);

    await page.context().clearCookies();
    await page.goto("/sign-in?next=/account/second-factor");
    await authenticator.verify(false);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectTold(page, "passkey_not_given");
    await authenticator.verify(true);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page).toHaveURL(`${here}/account/second-factor`);
    await expect(page.getByRole("list", { name: "Your passkeys" })).toContainText("last used");

    await page.getByRole("link", { name: "Remove Work laptop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove passkey" }).click();
    await expect(page.getByRole("list", { name: "Your passkeys" })).toHaveCount(0);
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectTold(page, "passkey_refused");
  });

  test("at a bare number the button says why not", async ({ as }) => {
    const page = await as(await person({ roles: ["host_manager"] }));
    await page.goto(ownPage);
    const button = page.getByRole("button", { name: "Add a passkey" });
    await expect(button).toHaveAccessibleDescription(/\S/);
  });
});
