import type { ServerResponse } from "node:http";
import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { type HostileProvider, hostileClient, startHostileProvider } from "#test/hostile-provider.ts";
import { type IdentityProvider, startIdentityProvider } from "#test/identity-provider.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, person } from "#test/people.ts";
import { openProviderDoor, type ProviderDoor } from "#test/provider-door.ts";
import { connect, forgetMetadata } from "#test/sign-in-providers.ts";
import { noProviders } from "#test/sync.ts";
import { newWebClient, type WebClient } from "#test/web-client.ts";

let door: ProviderDoor;
beforeAll(async () => {
  const close = await openInstallation();
  await person({ roles: ["superadmin"] });
  door = await openProviderDoor();
  return async () => {
    await door.stop();
    await close();
  };
});
beforeEach(noProviders);
// One person signs in here more often than anybody does within an hour.
beforeEach(() => database().rateLimit.deleteMany());

/** Who came in last. */
async function came() {
  const { token = "", error } = door.last();
  if (error) throw error;
  const { actor } = await callWith(token);
  if (actor.kind !== "user") throw new Error("nobody is signed in");
  return actor;
}

describe("at a real provider", () => {
  let peer: IdentityProvider;
  const basic = { id: "basic", secret: "s3cret & more %" };
  const callbacks = () => [`${door.origin}/api/auth/callback/oidc`];
  beforeAll(async () => {
    peer = await startIdentityProvider({
      accounts: {
        jane: {
          claims: { email: "jane@example.com", email_verified: true, groups: ["it"], given_name: "Jane" },
        },
        tom: { claims: { email: "tom@example.com", email_verified: "true" } },
        eve: { claims: { email: "jane@example.com" } },
      },
    });
    peer.addClient({ ...basic, redirectUris: callbacks() });
    return () => peer.stop();
  });
  beforeEach(() => connect({ issuer: peer.issuer, client: basic }));

  async function signIn(username: string, browser: WebClient = newWebClient()) {
    await browser.open(door.leave("oidc"));
    await browser.send({ username });
    return browser;
  }

  test("somebody signs in with code, PKCE, state and nonce, and is known again", async () => {
    const browser = await signIn("jane");
    const { searchParams } = new URL(browser.trail[1] ?? "");
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      client_id: "basic",
      redirect_uri: callbacks()[0],
      scope: "openid email profile groups",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(searchParams.get(name)?.length).toBeGreaterThan(40);
    const first = await came();
    expect(first).toMatchObject({ username: "jane", email: "jane@example.com", name: "Jane" });
    expect(door.last().vouched).toMatchObject({ issuer: peer.issuer, subject: "jane", emailVerified: true });
    expect(door.last().vouched?.claims).toMatchObject({ groups: ["it"] });
    await signIn("jane");
    expect((await came()).id).toBe(first.id);
  });

  test("what is kept in the browser meanwhile is gone afterwards, and tells nothing", async () => {
    const browser = newWebClient();
    await browser.open(door.leave("oidc"));
    const names = ["state", "nonce", "pkce", "journey"].map((name) => `bailiwick-${name}`);
    const { searchParams } = new URL(browser.trail[1] ?? "");
    for (const name of names) {
      const kept = browser.cookie(door.origin, name) ?? "";
      expect(kept.length).toBeGreaterThan(60);
      expect(kept).not.toContain(searchParams.get("state") ?? "");
    }
    await browser.send({ username: "jane" });
    await came();
    for (const name of names) expect(browser.cookie(door.origin, name)).toBeUndefined();
  });

  test("a wrong client secret lets nobody in", async () => {
    await connect({ issuer: peer.issuer, client: { id: "basic", secret: "wrong" } });
    await signIn("jane");
    expect(door.last().error?.reason).toBe("provider_answer_refused");
  });

  test("P52: nothing like true is true: an address that is verified in words links nothing and brings nobody", async () => {
    await signIn("tom");
    expect(door.last().error?.reason).toBe("address_unverified");
    await signIn("eve");
    expect(door.last().error?.reason).toBe("address_unverified");
  });

  test("whoever refuses there, or comes back without having left, is told so", async () => {
    const browser = newWebClient();
    await browser.open(door.leave("oidc"));
    await browser.send({ refuse: "1" });
    expect(door.last().error?.reason).toBe("refused_at_provider");
    await newWebClient().open(`${callbacks()[0]}?code=made-up&state=made-up&iss=${peer.issuer}`);
    expect(door.last().error?.reason).toBe("journey_lost");
  });

  test("an answer works once, and only in the browser that left", async () => {
    const stopped = newWebClient((url) => url.startsWith(callbacks()[0] ?? ""));
    await signIn("jane", stopped);
    const other = newWebClient();
    await other.open(stopped.url);
    expect(door.last().error?.reason).toBe("journey_lost");
    const names = ["state", "nonce", "pkce", "journey"].map((name) => `bailiwick-${name}`);
    for (const name of names) other.setCookie(door.origin, name, stopped.cookie(door.origin, name) ?? "");
    await other.open(stopped.url);
    await came();
    for (const name of names) other.setCookie(door.origin, name, stopped.cookie(door.origin, name) ?? "");
    await other.open(stopped.url);
    expect(door.last().error?.reason).toBe("provider_answer_refused");
  });

  test("a userinfo endpoint that fails stops nobody who is known, and the sync is told", async () => {
    await signIn("jane");
    const { id } = await came();
    peer.failUserinfo(500);
    await signIn("jane");
    peer.failUserinfo(undefined);
    expect(door.last().vouched).toMatchObject({ unread: "userinfo_failed" });
    expect((await came()).id).toBe(id);
  });

  test("new signing keys count at once", async () => {
    await signIn("jane");
    await came();
    peer.rotateKeys();
    await signIn("jane");
    await came();
  });

  test("the address that the provider knows may be another than ours", async () => {
    const redirectUri = `${door.origin}/api/v1/auth/oidc/callback/oidc`;
    peer.addClient({ id: "moved", secret: "s", redirectUris: [redirectUri] });
    await connect({ issuer: peer.issuer, client: { id: "moved", secret: "s" }, settings: { redirectUri } });
    await signIn("jane");
    await came();
  });
});

describe("at a provider that cannot be trusted", () => {
  let hostile: HostileProvider;
  beforeAll(async () => {
    hostile = await startHostileProvider();
    return () => hostile.stop();
  });
  beforeEach(async () => {
    hostile.plan = {};
    forgetMetadata();
    await connect({ issuer: hostile.issuer, client: hostileClient });
  });
  // The control of every refusal: the same way with an honest answer lets the same person in.
  afterEach(async () => {
    hostile.plan = {};
    forgetMetadata();
    expect(await attempt()).toBeUndefined();
    expect((await came()).username).toBe("jane");
  });

  /** The reason of the refusal, if it was one. */
  async function attempt(plan: HostileProvider["plan"] = {}): Promise<string | undefined> {
    hostile.plan = plan;
    const before = door.arrivals.length;
    const browser = newWebClient();
    await browser.open(door.leave("oidc"));
    if (door.arrivals.length === before) return browser.text;
    return door.last().error?.reason;
  }
  const unsigned = (claims: object) =>
    [{ alg: "none" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
  const now = () => Math.floor(Date.now() / 1000);

  test.each<[string, HostileProvider["plan"]]>([
    ["another nonce", { claims: (claims) => ({ ...claims, nonce: "another" }) }],
    ["no nonce", { claims: ({ nonce: _, ...claims }) => claims }],
    ["another audience", { claims: (claims) => ({ ...claims, aud: "somebody else" }) }],
    ["an audience of several", { claims: (claims) => ({ ...claims, aud: ["console", "other"] }) }],
    ["another authorized party", { claims: (claims) => ({ ...claims, aud: ["console", "b"], azp: "b" }) }],
    ["another issuer in the token", { claims: (claims) => ({ ...claims, iss: "https://evil.example.com" }) }],
    ["an expired token", { claims: (claims) => ({ ...claims, exp: now() - 120, iat: now() - 600 }) }],
    ["a token of tomorrow", { claims: (claims) => ({ ...claims, nbf: now() + 86_400 }) }],
    ["a token issued in the future", { claims: (claims) => ({ ...claims, iat: now() + 9_700 }) }],
    ["no expiry", { claims: ({ exp: _, ...claims }) => claims }],
    ["no subject", { claims: ({ sub: _, ...claims }) => claims }],
    ["alg none", { sign: async (claims) => `${unsigned(claims)}.` }],
    ["alg none with a signature", { sign: async (claims) => `${unsigned(claims)}.c2lnbmVk` }],
    ["HS256 with the client's secret", { sign: (claims) => hmac(claims, hostileClient.secret) }],
    [
      "HS256 with the public key",
      { sign: async (claims, { publicKey }) => hmac(claims, await exportSPKI(publicKey)) },
    ],
    ["another key", { sign: async (claims) => sign(claims, (await generateKeyPair("RS256")).privateKey) }],
    [
      "a signature that is cut off",
      { sign: async (claims, { privateKey }) => (await sign(claims, privateKey)).slice(0, -4) },
    ],
    ["a token that is none", { sign: async () => "not.a.token" }],
    ["no ID token", { token: (response) => json(response, { access_token: "a", token_type: "Bearer" }) }],
    ["another issuer on the way back", { callback: (sent) => sent.set("iss", "https://evil.example.com") }],
    ["no issuer on the way back", { callback: (sent) => sent.delete("iss") }],
    ["an error of the token endpoint", { token: (response) => void response.writeHead(500).end() }],
    [
      "a token endpoint that points elsewhere",
      { token: (response) => void response.writeHead(307, { location: "/elsewhere" }).end() },
    ],
    ["an answer without an end", { token: (response) => endless(response) }],
    ["keys that are none", { keys: () => ({ keys: [] }) }],
  ])("%s lets nobody in", async (_name, plan) => {
    expect(await attempt(plan)).toBe("provider_answer_refused");
  });

  test.each<[string, HostileProvider["plan"]]>([
    ["another state", { callback: (sent) => sent.set("state", "another") }],
    ["no state", { callback: (sent) => sent.delete("state") }],
    ["a second code", { callback: (sent) => sent.append("code", "another") }],
  ])("%s belongs to no journey of this browser", async (_name, plan) => {
    expect(await attempt(plan)).toBe("journey_lost");
  });

  test.each<[string, HostileProvider["plan"]]>([
    [
      "another issuer in its metadata",
      { discovery: (one) => ({ ...one, issuer: "https://evil.example.com" }) },
    ],
    ["no keys in its metadata", { discovery: ({ jwks_uri: _, ...one }) => one }],
    ["an address that is none", { discovery: (one) => ({ ...one, token_endpoint: "javascript:alert(1)" }) }],
  ])("%s: nobody is sent there", async (_name, plan) => {
    expect(await attempt(plan)).toBe("provider_unreachable");
  });

  test("plain http is refused unless the settings allow it", async () => {
    await connect({ issuer: hostile.issuer, client: hostileClient, settings: { enforceHttps: true } });
    expect(await attempt()).toBe("provider_unreachable");
    await connect({ issuer: hostile.issuer, client: hostileClient });
  });

  test("the client's secret goes into the body where the provider takes it nowhere else", async () => {
    const token_endpoint_auth_methods_supported = ["client_secret_post"];
    const discovery = (one: object) => ({ ...one, token_endpoint_auth_methods_supported });
    expect(await attempt({ discovery })).toBeUndefined();
    const asked = hostile.asked.filter(({ path }) => path === "/token").at(-1);
    expect(asked?.parameters.get("client_secret")).toBe(hostileClient.secret);
  });

  test("a clock that is off by less than a minute is forgiven", async () => {
    expect(await attempt({ claims: (claims) => ({ ...claims, exp: now() - 30 }) })).toBeUndefined();
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["fails", (response) => void response.writeHead(500).end()],
    ["redirects", (response) => void response.writeHead(302, { location: "/token" }).end()],
    ["never ends", (response) => endless(response)],
    ["never answers", () => {}],
    ["speaks of somebody else", (response) => json(response, { sub: "root", groups: ["admins"] })],
    ["nests without an end", (response) => written(response, `{"sub":"jane","deep":${nested(5000)}}`)],
    ["is no JSON", (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>")],
  ])(
    "a userinfo endpoint that %s: they are who they are, and nothing is concluded of them",
    async (_name, userinfo) => {
      expect(await attempt({ userinfo })).toBeUndefined();
      expect(door.last().vouched).toMatchObject({ subject: "jane", unread: "userinfo_failed" });
      expect(door.last().vouched?.claims).not.toHaveProperty("groups");
    },
  );

  test("new keys count at once, and the old ones no more", async () => {
    expect(await attempt()).toBeUndefined();
    await hostile.rotateKeys();
    expect(await attempt()).toBeUndefined();
  });

  test("claims with what cannot be stored, or nested deeper than is kept, stop nobody", async () => {
    const deep = nested(30);
    const picture = "p".repeat(200_000);
    const claims = `{"sub":"jane","deep":${deep},"note":"a\\u0000b","__proto__":1,"picture":"${picture}"}`;
    expect(await attempt({ userinfo: (response) => written(response, claims) })).toBeUndefined();
    expect(door.last().vouched?.claims.note).toBe("ab");
  });

  test("an answer of one provider opens nothing at another (mix-up)", async () => {
    const other = await startHostileProvider();
    await connect({ slug: "other", issuer: other.issuer, client: hostileClient });
    const browser = newWebClient((url) => url.startsWith(`${door.origin}/api/auth/callback/`));
    await browser.open(door.leave("other"));
    const answer = new URL(browser.url);
    const victim = newWebClient((url) => url.startsWith(`${door.origin}/api/auth/callback/`));
    await victim.open(door.leave("oidc"));
    const [url, continued] = [new URL(victim.url), newWebClient()];
    for (const name of ["state", "nonce", "pkce", "journey"])
      continued.setCookie(
        door.origin,
        `bailiwick-${name}`,
        victim.cookie(door.origin, `bailiwick-${name}`) ?? "",
      );
    url.searchParams.set("code", answer.searchParams.get("code") ?? "");
    url.searchParams.set("iss", other.issuer);
    await continued.open(url.href);
    expect(door.last().error?.reason).toBe("provider_answer_refused");
    // The other provider's callback with this one's cookies.
    for (const name of ["state", "nonce", "pkce", "journey"])
      continued.setCookie(
        door.origin,
        `bailiwick-${name}`,
        victim.cookie(door.origin, `bailiwick-${name}`) ?? "",
      );
    await continued.open(victim.url.replace("/callback/oidc", "/callback/other"));
    expect(door.last().error?.reason).toBe("journey_lost");
    await other.stop();
  });
});

const sign = (claims: JWTPayload, key: CryptoKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(key);
const hmac = (claims: JWTPayload, secret: string) =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(secret));
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const json = (response: ServerResponse, body: object) => written(response, JSON.stringify(body));
const written = (response: ServerResponse, text: string) =>
  void response.writeHead(200, { "content-type": "application/json" }).end(text);

/** More than anybody reads. */
function endless(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write("x".repeat(200_000)), 1);
  response.on("close", () => clearInterval(timer));
}
