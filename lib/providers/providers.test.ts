import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { seal } from "#lib/kernel/seal.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { person } from "#test/people.ts";
import {
  ableToSignIn,
  enabledProvider,
  localSignIn,
  providersOf,
  roleSyncOf,
  secretPurpose,
  signOnKey,
} from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(async () => {
  await database().identityProvider.deleteMany();
  await database().setting.deleteMany();
});
afterEach(() => sayInEnvironment());

const issuer = "https://login.example.com";
const settings = { issuer, clientId: "console" };
const enough = { OIDC_ISSUER_URL: issuer, OIDC_CLIENT_ID: "console", OIDC_CLIENT_SECRET: "hush" };
const at = new Date();

const store = (row: object = {}) =>
  database().identityProvider.create({
    data: {
      id: newId(at.getTime()),
      slug: "oidc",
      kind: "oidc",
      label: "Company",
      enabled: true,
      settings,
      createdAt: at,
      updatedAt: at,
      ...row,
    },
  });
const all = () => providersOf(database());

describe("what counts of a provider", () => {
  test("nothing said and nothing stored: none", async () => expect(await all()).toEqual([]));

  test("the environment alone makes one, on as soon as there is enough", async () => {
    sayInEnvironment(enough);
    expect(await all()).toMatchObject([
      { slug: "oidc", enabled: true, syncRoles: false, clientSecret: "hush", version: 0 },
    ]);
    sayInEnvironment({ ...enough, OIDC_ENABLED: "false" });
    expect(await enabledProvider(database(), "oidc")).toBeUndefined();
    sayInEnvironment({ OIDC_CLIENT_ID: "console" });
    expect(await all()).toEqual([]);
  });

  test("its defaults are PatchMon's", async () => {
    sayInEnvironment(enough);
    const [provider] = await all();
    expect(provider?.settings).toEqual({
      issuer,
      clientId: "console",
      scopes: "openid email profile groups",
      enforceHttps: true,
      autoCreateUsers: false,
      trustUnverifiedEmail: false,
      linkAdministrators: false,
      buttonText: "Login with SSO",
    });
  });

  test("the environment beats the row value by value, and the rest is the row's", async () => {
    const secret = seal(secretPurpose, "oidc", "stored");
    await store({
      secret,
      syncRoles: true,
      settings: { ...settings, scopes: "openid", autoCreateUsers: true },
    });
    sayInEnvironment({ OIDC_CLIENT_ID: "another", OIDC_SYNC_ROLES: "false" });
    expect(await all()).toMatchObject([
      {
        label: "Company",
        enabled: true,
        syncRoles: false,
        clientSecret: "stored",
        settings: { issuer, clientId: "another", scopes: "openid", autoCreateUsers: true },
        fixed: { clientId: "OIDC_CLIENT_ID", syncRoles: "OIDC_SYNC_ROLES" },
      },
    ]);
  });

  test("groups of the environment come first, from the highest role down, and replace the role's own rules", async () => {
    const stored = (value: string, role: string) => ({ claim: "teams", value, role });
    await store({ rules: [stored("a", "admin"), stored("h", "host_manager")] });
    const groups = {
      OIDC_READONLY_GROUP: "r",
      OIDC_USER_GROUP: "u",
      OIDC_ADMIN_GROUP: "it",
      OIDC_NOBODY_GROUP: "n",
    };
    sayInEnvironment({ ...enough, ...groups });
    expect((await all())[0]?.rules.map(({ claim, value, role }) => `${claim}=${value}: ${role}`)).toEqual([
      "groups=it: admin",
      "groups=r: readonly",
      "groups=u: user",
      "teams=h: host_manager",
    ]);
  });

  test("the environment is about one provider and leaves the others alone", async () => {
    await store({ slug: "partner", label: "Partner" });
    sayInEnvironment({ ...enough, OIDC_SYNC_ROLES: "true" });
    expect((await all()).map(({ slug, syncRoles }) => ({ slug, syncRoles }))).toEqual([
      { slug: "oidc", syncRoles: true },
      { slug: "partner", syncRoles: false },
    ]);
  });

  test("one whose settings cannot be read lets nobody in", async () => {
    await store({ settings: { issuer: "nonsense" } });
    await store({ slug: "other", rules: [{ claim: "groups" }] });
    await store({ slug: "saml", kind: "saml", settings: {} });
    expect(await all()).toEqual([]);
  });

  test("one whose secret was sealed for another, or with another key, lets nobody in", async () => {
    await store({ secret: seal(secretPurpose, "partner", "hush") });
    expect(await all()).toEqual([]);
    await database().identityProvider.updateMany({ data: { secret: seal(secretPurpose, "oidc", "hush") } });
    expect(await all()).toMatchObject([{ clientSecret: "hush" }]);
  });
});

describe("role sync", () => {
  const sync = () => roleSyncOf(database());

  test("is on while a provider that is on syncs, and says who", async () => {
    expect(await sync()).toBeUndefined();
    await store({ syncRoles: true });
    await store({ slug: "partner", label: "Partner", syncRoles: true });
    expect(await sync()).toEqual({ by: ["Company", "Partner"] });
    await database().identityProvider.updateMany({ data: { enabled: false } });
    expect(await sync()).toBeUndefined();
  });

  test("follows the environment", async () => {
    sayInEnvironment({ ...enough, OIDC_SYNC_ROLES: "true" });
    expect(await sync()).toEqual({ by: ["Single sign-on"] });
    await store({ syncRoles: true });
    sayInEnvironment({ OIDC_SYNC_ROLES: "false" });
    expect(await sync()).toBeUndefined();
  });
});

describe("who can sign in", () => {
  const able = async () => {
    const found = await database().$queryRaw<{ username: string }[]>`
      SELECT username FROM users u WHERE ${await ableToSignIn(database())}`;
    return found.map(({ username }) => username).sort();
  };

  test("with a password while that is open, or at a provider that is on", async () => {
    const local = await person({ username: "local", roles: ["user"] });
    const sso = await person({ username: "sso", roles: ["user"] });
    await database().user.update({ where: { id: sso.id }, data: { passwordHash: null } });
    const identity = { id: newId(at.getTime()), userId: sso.id, provider: "oidc", issuer, subject: "1" };
    await database().identity.create({ data: { ...identity, createdAt: at } });
    expect(await able()).toEqual(["local"]);
    await store();
    expect(await able()).toEqual(["local", "sso"]);
    await database().setting.create({
      data: { key: signOnKey, value: { disableLocalSignIn: true }, updatedAt: at },
    });
    expect(await localSignIn(database())).toBe(false);
    expect(await able()).toEqual(["sso"]);
    expect(local.username).toBe("local");
  });

  test("the environment decides about local sign-in, whatever is stored", async () => {
    sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "true" });
    expect(await localSignIn(database())).toBe(false);
    await database().setting.create({
      data: { key: signOnKey, value: { disableLocalSignIn: true }, updatedAt: at },
    });
    sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "false" });
    expect(await localSignIn(database())).toBe(true);
    sayInEnvironment();
    expect(await onAnotherInstance(() => localSignIn(database()))).toBe(false);
  });
});
