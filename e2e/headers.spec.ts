import { password, person } from "#test/people.ts";
import { expect, test } from "./fixtures.ts";
import { sendForm, serverActions } from "./forge.ts";
import { cookieOf } from "./session.ts";

const nonceOf = (headers: Headers) =>
  headers.get("content-security-policy")?.match(/script-src [^;]*'nonce-([^']+)'/)?.[1];

test("every kind of response carries the security headers, with a nonce of its own", async ({
  installation,
  owner,
}) => {
  const low = await cookieOf(await person({ roles: ["user"] }));
  const full = await cookieOf(owner);
  const html = await (await fetch(`${installation.address}/sign-in`)).text();
  const script = html.match(/\/_next\/static\/[^"]+\.js/)?.[0];
  const kinds: [status: number, path: string, init?: RequestInit][] = [
    [200, "/sign-in"],
    [200, "/settings/users", { headers: { cookie: full } }],
    [200, "/settings/users", { headers: { cookie: full, rsc: "1" }, redirect: "follow" }],
    [307, "/settings/users"],
    [403, "/settings/users", { headers: { cookie: low } }],
    [404, "/nowhere"],
    [404, "/api/nowhere"],
    [404, "/_next/image?url=%2Ficon.svg&w=64&q=75"],
    [200, String(script)],
    [200, "/favicon.ico"],
    [200, "/api/health"],
    [403, "/sign-in", { method: "POST", body: "x" }],
    [405, "/sign-in", { method: "DELETE" }],
  ];
  const nonces = new Set<string | undefined>();
  for (const [status, path, init] of kinds) {
    const response = await answer(installation.address + path, init);
    const { headers } = response;
    const kind = `${init?.method ?? "GET"} ${path}`;
    expect(response.status, kind).toBe(status);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, kind).toContain("frame-ancestors 'none'");
    expect(policy, kind).toContain("object-src 'none'");
    expect(policy, kind).toContain("base-uri 'none'");
    expect(policy.match(/script-src [^;]*/)?.[0], kind).not.toContain("unsafe");
    expect(headers.get("x-content-type-options"), kind).toBe("nosniff");
    expect(headers.get("referrer-policy"), kind).toBe("same-origin");
    expect(headers.get("x-powered-by"), kind).toBeNull();
    expect(headers.get("strict-transport-security"), kind).toBeNull();
    if (!path.startsWith("/_next/static")) expect(headers.get("cache-control"), kind).toBe("no-store");
    nonces.add(nonceOf(headers));
  }
  expect(nonces.size).toBe(kinds.length);
});

test("every script of a page carries the nonce of its response", async ({ installation, owner }) => {
  const cookie = await cookieOf(owner);
  for (const path of ["/sign-in", "/settings/users", "/settings/roles", "/nowhere"]) {
    const response = await fetch(installation.address + path, { headers: { cookie } });
    const scripts = (await response.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    const nonce = `nonce="${nonceOf(response.headers)}"`;
    expect(
      scripts.filter((script) => !script.includes(nonce)),
      path,
    ).toEqual([]);
  }
});

test("forwarded headers of a proxy that nobody trusts are ignored", async ({ installation }) => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "console.example.com" };
  const response = await answer(`${installation.address}/sign-in`, { headers });
  expect(response.headers.get("strict-transport-security")).toBeNull();
});

test.describe("behind a trusted proxy that speaks TLS", () => {
  test.use({ settings: { BAILIWICK_TRUSTED_PROXIES: "loopback" } });
  const proxied = { "x-forwarded-proto": "https", "x-forwarded-host": "console.example.com" };

  test("responses ask for TLS, and the session cookie is Secure and bound to the host", async ({
    installation,
    owner,
  }) => {
    const page = await answer(`${installation.address}/sign-in`, { headers: proxied });
    expect(page.headers.get("strict-transport-security")).toMatch(/max-age=31536000/);

    const action = (await serverActions()).get("signInForm") ?? "";
    const fields: [string, string][] = [
      ["identifier", owner.username],
      ["password", password],
    ];
    const form = { url: `${installation.address}/sign-in`, action, fields };
    const signedIn = await sendForm(form, {
      way: "form",
      origin: "https://console.example.com",
      headers: proxied,
    });
    expect(signedIn.status).toBe(303);
    const cookies = signedIn.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=", 1)[0]).sort()).toEqual([
      "__Host-bailiwick-device",
      "__Host-bailiwick-session",
    ]);
    for (const cookie of cookies) {
      for (const attribute of [/; Path=\/(;|$)/i, /; Secure/i, /; HttpOnly/i, /; SameSite=lax/i])
        expect(cookie).toMatch(attribute);
      expect(cookie).not.toMatch(/; Domain=/i);
    }

    const plain = await sendForm(form, { way: "form", headers: proxied });
    expect(plain.status).toBe(403);
  });
});

test("health answers whether the console lives and whether it is ready", async ({ installation }) => {
  for (const path of ["/api/health", "/api/health/ready"]) {
    const response = await answer(installation.address + path);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
    expect((await answer(installation.address + path, { method: "HEAD" })).status).toBe(200);
    expect((await answer(installation.address + path, { method: "POST" })).status).toBe(405);
  }
});

const answer = (url: string, init: RequestInit = {}) => fetch(url, { redirect: "manual", ...init });
