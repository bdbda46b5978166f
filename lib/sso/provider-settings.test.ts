import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { unseal } from "#lib/kernel/seal.ts";
import { providersOf, secretPurpose } from "#lib/providers/index.ts";
import { type IdentityProvider, startIdentityProvider } from "#test/identity-provider.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, type Person, passTime, person, signedIn } from "#test/people.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import {
  addProvider,
  deleteProvider,
  listProviders,
  moveProvider,
  saveProvider,
  saveSignOn,
  switchProvider,
  viewProvider,
} from "./index.ts";

let peer: IdentityProvider;
let owner: Person;
let call: Call;
beforeAll(async () => {
  const close = await openInstallation();
  peer = await startIdentityProvider();
  owner = await person({ roles: ["superadmin"] });
  return async () => {
    await peer.stop();
    await close();
  };
});
beforeEach(async () => {
  await noProviders();
  await database().identity.deleteMany();
  await database().setting.deleteMany();
  call = await callAs(owner);
});

/** What the form of a provider sends. */
const form = {
  slug: "company",
  label: "Company login",
  clientId: "bailiwick",
  scopes: "openid email",
  enforceHttps: true,
  autoCreateUsers: false,
  trustUnverifiedEmail: false,
  linkAdministrators: false,
  buttonText: "Company login",
};
const versionOf = async (slug = "company") =>
  (await database().identityProvider.findUniqueOrThrow({ where: { slug } })).version;
const lesser = async () => callAs(await person({ roles: ["admin"] }));

/** Says of itself what it is told to, with a path for each issuer. */
async function startMetadata(
  answer: (origin: string) => { status?: number; body: unknown; headers?: object },
) {
  const server = createServer((_request, response) => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { status = 200, body, headers } = answer(origin);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { issuer: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

describe("adding", () => {
  const wanted = () => ({ kind: "oidc", label: "Acmé ID!", issuer: peer.issuer, plainHttp: true });

  test("an issuer that answers is enough; it is off and has its short name of its name", async () => {
    const added = await runCommand(addProvider, call, wanted());
    expect(added).toEqual({ slug: "acme-id", label: "Acmé ID!" });
    const row = await database().identityProvider.findUniqueOrThrow({ where: { slug: "acme-id" } });
    expect(row).toMatchObject({
      ...{ kind: "oidc", enabled: false, syncRoles: false, version: 1, secret: null },
      settings: { issuer: peer.issuer, scopes: "openid email profile groups", enforceHttps: false },
    });
    expect(await lastEvent()).toMatchObject({
      ...{ action: "add identity provider", targetKind: "identity provider", targetId: "acme-id" },
      after: { kind: "oidc", slug: "acme-id", issuer: peer.issuer },
    });
    expect((await runQuery(listProviders, call, {})).providers).toMatchObject([
      { slug: "acme-id", complete: false, enabled: false, authority: peer.issuer },
    ]);
  });

  test("the address of its metadata will do, and a slash at the end is the provider's to say", async () => {
    const issuer = `${peer.issuer}/.well-known/openid-configuration`;
    const { slug } = await runCommand(addProvider, call, { ...wanted(), issuer });
    const row = await database().identityProvider.findUniqueOrThrow({ where: { slug } });
    expect(row.settings).toMatchObject({ issuer: peer.issuer });
  });

  test("a taken short name is refused when it was asked for, and makes way when it was not", async () => {
    await storeProvider({ slug: "acme-id" });
    const taken = { code: "conflict", reason: "name_taken", fields: { slug: [expect.any(String)] } } as const;
    await refused(addProvider, call, { ...wanted(), slug: "acme-id" }, taken);
    expect((await runCommand(addProvider, call, wanted())).slug).toBe("acme-id-2");
    await refused(
      addProvider,
      call,
      { ...wanted(), issuer: peer.issuer, slug: "other" },
      {
        code: "conflict",
        reason: "issuer_taken",
      },
    );
    await refused(addProvider, call, { kind: "saml", label: "X", slug: "oidc" }, taken);
  });

  test("what is no provider is refused beside the issuer, in words", async () => {
    const metadata = (origin: string) => ({
      issuer: origin,
      authorization_endpoint: `${origin}/auth`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
    });
    const answers: [string, Parameters<typeof startMetadata>[0]][] = [
      ["other_issuer", () => ({ body: { issuer: "https://evil.example" } })],
      ["no_metadata", () => ({ status: 404, body: {} })],
      ["elsewhere", (origin) => ({ status: 302, body: "", headers: { location: `${origin}/x` } })],
      ["no_metadata", () => ({ body: "<html>" })],
      ["endpoint_missing", (origin) => ({ body: { ...metadata(origin), jwks_uri: undefined } })],
      ["unreachable", (origin) => ({ body: { ...metadata(origin), big: "x".repeat(2_000_000) } })],
    ];
    for (const [fault, answer] of answers) {
      const there = await startMetadata(answer);
      const error = await refused(
        addProvider,
        call,
        { ...wanted(), issuer: there.issuer },
        {
          ...{ code: "invalid", reason: "discovery_failed", rules: { issuer: [fault] } },
        },
      );
      expect(error.fields.issuer).toHaveLength(1);
      there.stop();
    }
    const closed = ["http://169.254.169.254", "http://[fe80::1]", "http://10.0.0.1", "http://10.0.0.1:65534"];
    for (const issuer of closed)
      await refused(
        addProvider,
        call,
        { ...wanted(), issuer },
        {
          ...{ code: "invalid", reason: "discovery_failed", rules: { issuer: ["closed_address"] } },
        },
      );
    await refused(
      addProvider,
      call,
      { ...wanted(), issuer: "http://127.0.0.1:1" },
      {
        ...{ code: "invalid", reason: "discovery_failed", rules: { issuer: ["unreachable"] } },
      },
    );
    for (const issuer of ["", "company", "javascript:alert(1)"])
      await refused(
        addProvider,
        call,
        { ...wanted(), issuer },
        {
          ...{ code: "invalid", reason: "discovery_failed", rules: { issuer: ["no_address"] } },
        },
      );
    await refused(
      addProvider,
      call,
      { ...wanted(), plainHttp: false },
      {
        ...{ code: "invalid", reason: "discovery_failed", rules: { issuer: ["plain_http"] } },
      },
    );
  });

  test("it asks for recent proof", async () => {
    passTime(31 * 60);
    const late = { ...call, at: (await callAs(owner)).at };
    await refused(addProvider, late, wanted(), { code: "forbidden", reason: "proof_required" });
  });
});

describe("saving", () => {
  beforeEach(() => storeProvider({ enabled: false, syncRoles: false }));

  test("the secret is sealed for its provider, and never said again", async () => {
    const secret = "s3cret that nobody sees";
    await runCommand(saveProvider, call, { ...form, version: 1, clientSecret: secret });
    const row = await database().identityProvider.findUniqueOrThrow({ where: { slug: "company" } });
    expect(unseal(secretPurpose, "company", row.secret ?? new Uint8Array())).toBe(secret);
    const event = await lastEvent();
    expect(event).toMatchObject({ action: "save identity provider", after: { clientSecret: "replaced" } });
    const view = await runQuery(viewProvider, call, { slug: "company" });
    expect(view.secret).toBe("Set");
    expect(JSON.stringify([event, view])).not.toContain(secret);
    await runCommand(saveProvider, call, { ...form, version: 2, clientSecret: "" });
    const kept = await database().identityProvider.findUniqueOrThrow({ where: { slug: "company" } });
    expect(kept.secret).toEqual(row.secret);
    expect(kept).toMatchObject({ version: 3, settings: { scopes: "openid email", clientId: "bailiwick" } });
  });

  test("a secret that cannot be opened any more lets nobody in and is typed in anew", async () => {
    const row = { slug: "company" };
    await storeProvider({ syncRoles: false });
    await database().identityProvider.update({
      where: row,
      data: { secret: Buffer.from("sealed elsewhere") },
    });
    expect(await providersOf(database())).toEqual([]);
    expect((await runQuery(viewProvider, call, row)).lacks).toEqual({
      clientSecret: expect.stringMatching(/anew/),
    });
    await runCommand(saveProvider, call, { ...form, version: 1, clientSecret: "typed in anew" });
    expect(await providersOf(database())).toMatchObject([{ clientSecret: "typed in anew" }]);
  });

  test("mistakes stand beside their fields, and a form that is too old saves nothing", async () => {
    const wrong = { ...form, version: 1, clientId: "", scopes: "email", redirectUri: "nowhere", label: "" };
    const { fields } = await failure(runCommand(saveProvider, call, { ...wrong, label: "Company" }));
    expect(Object.keys(fields).sort()).toEqual(["clientId", "redirectUri", "scopes"]);
    expect((await failure(runCommand(saveProvider, call, wrong))).rules).toEqual({ label: ["too_small"] });
    await runCommand(saveProvider, call, { ...form, version: 1 });
    const stale = { code: "conflict", reason: "edit_conflict" } as const;
    const error = await refused(saveProvider, call, { ...form, version: 1 }, stale);
    expect(error.details).toEqual({ version: 2 });
  });

  test("two at once: one saves, the other is told", async () => {
    const calls = [await callAs(owner), await callAs(owner)];
    const answers = await Promise.allSettled(
      calls.map((one) => runCommand(saveProvider, one, { ...form, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await versionOf()).toBe(2);
  });

  test("another issuer is another provider once somebody is known there", async () => {
    await identify(owner, { slug: "company" });
    const moved = { ...form, version: 1, issuer: peer.issuer, enforceHttps: false };
    await refused(saveProvider, call, moved, { code: "conflict", reason: "issuer_in_use" });
    await database().identity.deleteMany();
    await runCommand(saveProvider, call, moved);
    expect((await runQuery(viewProvider, call, { slug: "company" })).settings.issuer).toBe(peer.issuer);
  });

  test("the default role is within the reach of whoever sets it, and a dangerous one is confirmed", async () => {
    const guarded = {
      code: "forbidden",
      reason: "guarded_role",
      fields: { defaultRole: [expect.any(String)] },
    };
    const sent = { ...form, version: 1, defaultRole: "superadmin" };
    await refused(saveProvider, await lesser(), sent, guarded as never);
    await refused(saveProvider, call, sent, { code: "invalid", reason: "confirmation_required" });
    await runCommand(saveProvider, call, { ...sent, confirmed: ["superadmin"] });
    await refused(
      saveProvider,
      call,
      { ...sent, version: 2, defaultRole: "long_gone" },
      {
        ...{ code: "invalid", reason: "role_not_found" },
      },
    );
    // Nobody's first sign-in made them one until accounts are made.
    const opening = { ...sent, version: 2, autoCreateUsers: true };
    await refused(saveProvider, await lesser(), opening, guarded as never);
  });

  test("whoever could come in as somebody that they could not make is refused", async () => {
    const admin = await lesser();
    const link = { ...form, version: 1, linkAdministrators: true };
    await refused(saveProvider, admin, link, {
      ...{ code: "forbidden", reason: "guarded_role", fields: { linkAdministrators: [expect.any(String)] } },
    });
    await runCommand(saveProvider, admin, { ...form, version: 1, trustUnverifiedEmail: true });
    await runCommand(saveProvider, call, { ...link, version: 2 });
    // A superadmin is known there: whose word counts for them is not an admin's to change.
    await identify(owner, { slug: "company" });
    await refused(
      saveProvider,
      admin,
      { ...link, version: 3, clientId: "mine" },
      {
        ...{ code: "forbidden", reason: "guarded_role", fields: { clientId: [expect.any(String)] } },
      },
    );
  });

  test("what the environment says is refused beside its field, even from a form that sends it anyway", async () => {
    await storeProvider({ slug: "oidc", syncRoles: false });
    const { oidc } = env();
    const said = { ...oidc, issuer: "https://login.example.com", autoCreateUsers: true };
    env().oidc = said;
    try {
      const sent = {
        ...form,
        slug: "oidc",
        version: 1,
        autoCreateUsers: true,
        issuer: "https://evil.example",
      };
      const error = await refused(saveProvider, call, sent, {
        ...{ code: "conflict", reason: "fixed_by_environment", message: /OIDC_ISSUER_URL/ },
      });
      expect(Object.keys(error.fields).sort()).toEqual(["autoCreateUsers", "issuer"]);
      await runCommand(saveProvider, call, { ...form, slug: "oidc", version: 1, label: "Said" });
      const view = await runQuery(viewProvider, call, { slug: "oidc" });
      expect(view).toMatchObject({
        label: "Said",
        fixed: { issuer: "OIDC_ISSUER_URL", autoCreateUsers: "OIDC_AUTO_CREATE_USERS" },
        settings: { issuer: "https://login.example.com", autoCreateUsers: true },
      });
      const { settings } = await database().identityProvider.findUniqueOrThrow({ where: { slug: "oidc" } });
      expect(settings).toMatchObject({ issuer: "https://oidc.example.com" });
      await refused(
        deleteProvider,
        call,
        { slug: "oidc", version: 2 },
        {
          ...{ code: "conflict", reason: "fixed_by_environment" },
        },
      );
    } finally {
      env().oidc = oidc;
    }
  });
});

test("the environment's provider is there without a row, and gets one when something of it is kept", async () => {
  const { oidc } = env();
  env().oidc = { ...oidc, issuer: "https://login.example.com", clientId: "said", clientSecret: "said" };
  try {
    const view = await runQuery(viewProvider, call, { slug: "oidc" });
    expect(view).toMatchObject({ version: 0, enabled: true, secret: "Set", lacks: {} });
    expect(JSON.stringify(view.settings)).not.toContain("clientSecret");
    await refused(
      switchProvider,
      call,
      { slug: "oidc", version: 0, on: false },
      {
        ...{ code: "conflict", reason: "fixed_by_environment", message: /OIDC_ENABLED/ },
      },
    );
    const { clientId: _, ...rest } = form;
    await runCommand(saveProvider, call, { ...rest, slug: "oidc", version: 0, label: "Said" });
    expect(await runQuery(viewProvider, call, { slug: "oidc" })).toMatchObject({ version: 1, label: "Said" });
  } finally {
    env().oidc = oidc;
  }
});

describe("switching, moving and deleting", () => {
  test("on only with all that signing in needs; off, the sessions that came through it end", async () => {
    await storeProvider({ enabled: false, syncRoles: false, settings: { clientId: undefined } }).catch(
      () => {},
    );
    await refused(
      switchProvider,
      call,
      { slug: "company", version: 1, on: true },
      {
        ...{ code: "conflict", reason: "incomplete" },
      },
    );
    await storeProvider({ enabled: false, syncRoles: false });
    await runCommand(switchProvider, await callAs(owner), { slug: "company", version: 1, on: true });
    expect(await lastEvent()).toMatchObject({ action: "switch identity provider", after: { enabled: true } });
    const came = await person({ roles: ["user"] });
    const token = await signedIn(came);
    await database().session.updateMany({ where: { userId: came.id }, data: { provider: "company" } });
    const off = await runCommand(switchProvider, call, { slug: "company", version: 2, on: false });
    expect(off).toMatchObject({ on: false, sessionsEnded: 1 });
    expect((await callWith(token)).actor.kind).toBe("anonymous");
  });

  test("deleting ends sessions, forgets who is who there, and leaves accounts and roles", async () => {
    await storeProvider({ syncRoles: false });
    const came = await person({ roles: ["readonly"] });
    await identify(came, { slug: "company" });
    const token = await signedIn(came);
    await database().session.updateMany({ where: { userId: came.id }, data: { provider: "company" } });
    const done = await runCommand(deleteProvider, call, { slug: "company", version: 1 });
    expect(done).toEqual({ label: "Company login", linksRemoved: 1, sessionsEnded: 1 });
    expect(await lastEvent()).toMatchObject({
      ...{
        action: "delete identity provider",
        targetId: "company",
        after: { linksRemoved: 1, sessionsEnded: 1 },
      },
    });
    expect((await callWith(token)).actor.kind).toBe("anonymous");
    expect(await database().identity.count()).toBe(0);
    expect(await database().assignment.count({ where: { userId: came.id } })).toBe(1);
    await refused(
      deleteProvider,
      call,
      { slug: "company", version: 1 },
      {
        ...{ code: "not_found", reason: "provider_not_found" },
      },
    );
  });

  test("U11: neither goes while somebody who manages users could sign in through it alone", async () => {
    await storeProvider({ syncRoles: false });
    await refused(
      saveSignOn,
      call,
      { disableLocalSignIn: true },
      { code: "conflict", reason: "never_empty" },
    );
    await identify(owner, { slug: "company" });
    await runCommand(saveSignOn, await callAs(owner), { disableLocalSignIn: true });
    expect(await lastEvent()).toMatchObject({
      ...{ action: "save sign-on settings", targetName: "Single sign-on" },
      ...{ before: { disableLocalSignIn: false }, after: { disableLocalSignIn: true } },
    });
    const kept = { code: "conflict", reason: "never_empty" } as const;
    await refused(switchProvider, call, { slug: "company", version: 1, on: false }, kept);
    await refused(deleteProvider, call, { slug: "company", version: 1 }, kept);
    await runCommand(saveSignOn, call, { disableLocalSignIn: false });
    await runCommand(deleteProvider, call, { slug: "company", version: 1 });
  });

  test("two providers, each the other's last way in: only one of them goes", async () => {
    for (let round = 0; round < 3; round += 1) {
      await noProviders();
      await database().identity.deleteMany();
      for (const slug of ["one", "two"]) {
        await storeProvider({ slug, syncRoles: false });
        await identify(owner, { slug });
      }
      await runCommand(saveSignOn, call, { disableLocalSignIn: true });
      const calls = [await callAs(owner), await callAs(owner)];
      const answers = await Promise.allSettled(
        ["one", "two"].map((slug, index) =>
          runCommand(deleteProvider, calls[index] as Call, { slug, version: 1 }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await database().identityProvider.count()).toBe(1);
      await database().setting.deleteMany();
    }
  });

  test("what the environment says of local sign-in is not changed here", async () => {
    const { oidc } = env();
    env().oidc = { ...oidc, disableLocalSignIn: false };
    try {
      await refused(
        saveSignOn,
        call,
        { disableLocalSignIn: true },
        {
          ...{ code: "conflict", reason: "fixed_by_environment", message: /OIDC_DISABLE_LOCAL_AUTH/ },
        },
      );
    } finally {
      env().oidc = oidc;
    }
  });

  test("one place up or down", async () => {
    for (const slug of ["one", "two", "three"]) await storeProvider({ slug, syncRoles: false });
    await database().identityProvider.update({ where: { slug: "one" }, data: { position: 0 } });
    await database().identityProvider.update({ where: { slug: "two" }, data: { position: 1 } });
    await database().identityProvider.update({ where: { slug: "three" }, data: { position: 2 } });
    await runCommand(moveProvider, call, { slug: "three", direction: "up" });
    const order = async () => (await runQuery(listProviders, call, {})).providers.map(({ slug }) => slug);
    expect(await order()).toEqual(["one", "three", "two"]);
    await runCommand(moveProvider, call, { slug: "one", direction: "up" });
    expect(await order()).toEqual(["one", "three", "two"]);
  });
});

test("whoever may only look sees everything but may change nothing", async () => {
  const looking = await callAs(await person({ roles: ["readonly"] }));
  expect(await failure(runQuery(listProviders, looking, {}))).toMatchObject({ code: "forbidden" });
  await storeProvider({ syncRoles: false });
  await refused(
    switchProvider,
    looking,
    { nonsense: 1 },
    { code: "forbidden", reason: "missing_capability" },
  );
});
