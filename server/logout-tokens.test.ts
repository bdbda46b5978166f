import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { signedOutThere } from "#lib/sessions/index.ts";
import { type HostileProvider, hostileClient, startHostileProvider } from "#test/hostile-provider.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { logoutClaims, logoutEvent, openLogoutConsole, signedInThrough } from "#test/logout-console.ts";
import { type Person, person } from "#test/people.ts";
import { connect, forgetMetadata } from "#test/sign-in-providers.ts";
import { noProviders } from "#test/sync.ts";
import { lastEvent } from "#test/trail.ts";

const { deliver } = openLogoutConsole();
const subject = "jane at the provider";
let provider: HostileProvider;
let jane: Person;
beforeAll(async () => {
  provider = await startHostileProvider();
  jane = await person({ roles: ["user"] });
  return () => provider.stop();
});
beforeEach(async () => {
  provider.plan = {};
  forgetMetadata();
  await database().session.deleteMany();
  await database().refusalCounter.deleteMany();
  await noProviders();
  await connect({ issuer: provider.issuer, client: hostileClient });
});

const claims = (more: JWTPayload = {}) => logoutClaims(provider.issuer, { sub: subject, ...more });
const sessionOf = (who: Person, idpSession?: string, of = subject) =>
  signedInThrough(who, { issuer: provider.issuer, subject: of, ...(idpSession && { idpSession }) });
const now = () => Math.floor(Date.now() / 1000);

describe("an honest logout token", () => {
  test("with a subject ends every session of that person, and of nobody else", async () => {
    const sessions = [await sessionOf(jane, "one"), await sessionOf(jane, "two"), await sessionOf(jane)];
    const other = await sessionOf(await person({ roles: ["user"] }), "one", "tom at the provider");
    const elsewhere = await signedInThrough(jane, { issuer: "https://other.example.com", subject });
    const answer = await deliver(await provider.sign(claims(), { typ: "logout+jwt" }));
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    for (const { alive, row } of sessions) {
      expect(await alive()).toBe(false);
      expect(await row()).toMatchObject({
        endedWhy: signedOutThere,
        endedBy: "single sign-on",
      });
    }
    expect([await other.alive(), await elsewhere.alive()]).toEqual([true, true]);
    expect(await lastEvent()).toMatchObject({
      action: "end sessions for identity provider",
      outcome: "done",
      actorKind: "system",
      door: "api",
      address: "198.51.100.7",
      targetId: jane.id,
      after: { provider: "oidc", sessionsEnded: 3 },
    });
  });

  test("with a session ends that one alone, and drops its ID token", async () => {
    const one = await signedInThrough(jane, {
      issuer: provider.issuer,
      subject,
      idpSession: "a",
      idToken: "x",
    });
    const two = await sessionOf(jane, "b");
    expect(await one.row()).not.toMatchObject({ idToken: null });
    const { sub: _, ...withoutSubject } = claims({ sid: "a" });
    expect((await deliver(await provider.sign(withoutSubject))).status).toBe(200);
    expect([await one.alive(), await two.alive()]).toEqual([false, true]);
    expect(await one.row()).toMatchObject({ idToken: null });
    expect((await deliver(await provider.sign(claims({ sid: "b" })))).status).toBe(200);
    expect(await two.alive()).toBe(false);
  });

  test("a session of another person's is not ended by its name alone", async () => {
    const other = await sessionOf(await person({ roles: ["user"] }), "mine", "tom at the provider");
    expect((await deliver(await provider.sign(claims({ sid: "mine" })))).status).toBe(200);
    expect(await other.alive()).toBe(true);
  });

  test("a session whose name the provider never told ends with its person", async () => {
    const nameless = await sessionOf(jane);
    expect((await deliver(await provider.sign(claims({ sid: "unheard of" })))).status).toBe(200);
    expect(await nameless.alive()).toBe(false);
  });

  test("about what has ended already is fine, and changes nothing", async () => {
    const session = await sessionOf(jane, "s");
    await deliver(await provider.sign(claims({ sid: "s" })));
    const before = await session.row();
    expect((await deliver(await provider.sign(claims({ sid: "s" })))).status).toBe(200);
    expect(await session.row()).toEqual(before);
    expect(await lastEvent()).toMatchObject({ outcome: "done", after: { sessionsEnded: 0 } });
  });

  test("ends the session for another instance too, on its next request", async () => {
    const session = await sessionOf(jane);
    expect(await onAnotherInstance(session.alive)).toBe(true);
    await deliver(await provider.sign(claims()));
    expect(await onAnotherInstance(session.alive)).toBe(false);
  });

  test("counts while its provider is switched off here: that lets nobody in, but ends what it began", async () => {
    const session = await sessionOf(jane);
    await database().identityProvider.updateMany({ data: { enabled: false } });
    expect((await deliver(await provider.sign(claims()))).status).toBe(200);
    expect(await session.alive()).toBe(false);
  });

  test.each(["logout+jwt", "LOGOUT+JWT", "application/logout+jwt", "JWT", undefined])(
    "says of its kind: %s",
    async (typ) => {
      expect((await deliver(await provider.sign(claims(), typ === undefined ? {} : { typ }))).status).toBe(
        200,
      );
    },
  );

  test("of new keys counts as soon as the provider may be asked again, and the old ones no more", async () => {
    expect((await deliver(await provider.sign(claims()))).status).toBe(200);
    const old = await provider.sign(claims());
    await provider.rotateKeys();
    const clock = vi
      .spyOn(Date, "now")
      .mockImplementation(() => performance.timeOrigin + performance.now() + 6_000);
    expect((await deliver(await provider.sign(claims()))).status).toBe(200);
    expect((await deliver(old)).status).toBe(400);
    clock.mockRestore();
  });
});

describe("a token that is none", () => {
  const without = (name: string, more: JWTPayload = {}) => {
    const { [name]: _, ...rest } = claims(more);
    return rest;
  };
  const unsigned = (payload: JWTPayload) =>
    [{ alg: "none", typ: "logout+jwt" }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
  const hmac = (secret: string) =>
    new SignJWT(claims()).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(secret));
  const signed = (payload: JWTPayload) => () => provider.sign(payload);

  test.each<[string, () => Promise<string> | string]>([
    ["rubbish", () => "not.a.token"],
    ["nothing", () => ""],
    ["alg none", () => `${unsigned(claims())}.`],
    ["alg none with a signature", () => `${unsigned(claims())}.c2lnbmVk`],
    ["HS256 with the client's secret", () => hmac(hostileClient.secret)],
    ["HS256 with the public key", async () => hmac(await exportSPKI(provider.keys().publicKey))],
    [
      "another key under the same name",
      async () => {
        const { privateKey } = await generateKeyPair("RS256");
        const [header = ""] = (await provider.sign(claims())).split(".");
        const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
        return new SignJWT(claims()).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
      },
    ],
    ["a signature that is cut off", async () => (await provider.sign(claims())).slice(0, -4)],
    [
      "claims that were changed",
      async () => {
        const [header, , signature] = (await provider.sign(claims())).split(".");
        const body = Buffer.from(JSON.stringify(claims({ sub: "tom" }))).toString("base64url");
        return [header, body, signature].join(".");
      },
    ],
    [
      "an algorithm that the provider does not name",
      async () => {
        const same = await importJWK(await exportJWK(provider.keys().privateKey), "RS512");
        return new SignJWT(claims()).setProtectedHeader({ alg: "RS512" }).sign(same);
      },
    ],
    ["a kind of another use", () => provider.sign(claims(), { typ: "at+jwt" })],
    ["the kind of a security event", () => provider.sign(claims(), { typ: "secevent+jwt" })],
    ["another issuer", () => provider.sign(claims({ iss: "https://evil.example.com" }))],
    ["no issuer", () => signed(without("iss"))()],
    ["another audience", () => provider.sign(claims({ aud: "another" }))],
    ["an audience of several", () => provider.sign(claims({ aud: [hostileClient.id, "another"] }))],
    ["no audience", () => signed(without("aud"))()],
    ["an expiry that is past", () => provider.sign(claims({ iat: now() - 600, exp: now() - 120 }))],
    ["no expiry", () => signed(without("exp"))()],
    ["an expiry without an end", () => provider.sign(claims({ exp: 1e18 }))],
    ["a time of tomorrow", () => provider.sign(claims({ iat: now() + 86_000, exp: now() + 86_100 }))],
    ["no time", () => signed(without("iat"))()],
    ["not yet", () => provider.sign(claims({ nbf: now() + 600 }))],
    ["a nonce", () => provider.sign(claims({ nonce: "n" }))],
    ["a nonce that is nothing", () => provider.sign(claims({ nonce: null }))],
    ["no events", () => signed(without("events"))()],
    ["events of another kind", () => provider.sign(claims({ events: { "https://example.com/event": {} } }))],
    ["events that are a list", () => provider.sign(claims({ events: [logoutEvent] }))],
    ["events that are a text", () => provider.sign(claims({ events: logoutEvent }))],
    ["an event that is no object", () => provider.sign(claims({ events: { [logoutEvent]: true } }))],
    ["an event that is a list", () => provider.sign(claims({ events: { [logoutEvent]: [] } }))],
    ["an event that is nothing", () => provider.sign(claims({ events: { [logoutEvent]: null } }))],
    ["neither a person nor a session", () => signed(without("sub"))()],
    ["an empty person", () => provider.sign(claims({ sub: "" }))],
    ["a session that is no text", () => provider.sign(claims({ sid: 7 }))],
    ["no name of its own", () => signed(without("jti"))()],
    ["a name of its own that is no text", () => provider.sign(claims({ jti: 7 as unknown as string }))],
  ])("%s: refused, and every session stays", async (_name, make) => {
    const session = await sessionOf(jane, "s");
    const answer = await deliver(await make());
    expect(answer.status).toBe(400);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toEqual({
      error: "invalid_request",
      error_description: expect.any(String),
    });
    expect(await session.alive()).toBe(true);
    // The control: the honest one does it.
    expect((await deliver(await provider.sign(claims()))).status).toBe(200);
    expect(await session.alive()).toBe(false);
  });

  test("one of another provider is refused, whatever it calls itself", async () => {
    const other = await startHostileProvider();
    await connect({ slug: "other", issuer: other.issuer, client: hostileClient });
    const session = await sessionOf(jane);
    const stolen = await other.sign(claims());
    expect((await deliver(stolen)).status).toBe(400);
    expect((await deliver(stolen, { slug: "other" })).status).toBe(400);
    expect((await deliver(await provider.sign(claims()), { slug: "other" })).status).toBe(400);
    // Its own word is taken, and is about its own people: a subject of the same name is somebody else.
    const own = await other.sign(logoutClaims(other.issuer, { sub: subject }));
    expect((await deliver(own, { slug: "other" })).status).toBe(200);
    expect(await session.alive()).toBe(true);
    await other.stop();
  });

  test("one that was used ends nothing a second time: not here, and not on another instance", async () => {
    const token = await provider.sign(claims());
    const first = await sessionOf(jane);
    expect((await deliver(token)).status).toBe(200);
    expect(await first.alive()).toBe(false);
    const second = await sessionOf(jane);
    expect((await deliver(token)).status).toBe(400);
    expect((await onAnotherInstance(() => deliver(token))).status).toBe(400);
    expect(await second.alive()).toBe(true);
    expect(await lastEvent()).toMatchObject({ outcome: "refused", reason: "logout_token_replayed" });
    const [seen] = await database().seenId.findMany({ orderBy: { expiresAt: "desc" }, take: 1 });
    expect(seen?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 120_000);
  });

  test("of twenty deliveries at once one is taken, and all are answered", async () => {
    const session = await sessionOf(jane);
    const token = await provider.sign(claims());
    const began = new Date();
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    expect(await session.alive()).toBe(false);
    const where = { action: "end sessions for identity provider", at: { gte: began } };
    const rows = await database().auditEvent.findMany({ where, select: { outcome: true, after: true } });
    const done = rows.filter(({ outcome }) => outcome === "done");
    expect(done).toEqual([{ outcome: "done", after: { provider: "oidc", sessionsEnded: 1 } }]);
  });
});
