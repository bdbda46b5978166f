import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database, lockAccess, transaction } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { replaced } from "#lib/sessions/index.ts";
import { issueSetupToken, setUp } from "#lib/setup/index.ts";
import { signUp } from "#lib/sign-up/index.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, callWith, password, person, rolesOf, visitor } from "#test/people.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { enterVouched, switchProvider, type Vouched } from "./index.ts";

const door = (): Call => ({ ...visitor(), actor: { kind: "system", name: "single sign-on" } });
let count = 0;
const vouched = (more: Partial<Vouched> = {}): Vouched => {
  const subject = `subject-${++count}`;
  const email = `${subject}@example.com`;
  return { provider: "oidc", issuer, subject, email, emailVerified: true, claims: { email }, ...more };
};
const issuer = "https://login.example.com";
const enter = (word: Vouched & { replaces?: string }) => runCommand(enterVouched, door(), word);
const no = (word: Vouched, reason: string) =>
  refused(enterVouched, door(), word, { code: "forbidden", reason });
const provide = (settings: Record<string, unknown> = {}, more: object = {}) =>
  storeProvider({ slug: "oidc", syncRoles: false, ...more, settings: { issuer, ...settings } } as never);

async function whoIs({ token }: { token: string }) {
  const { actor } = await callWith(token);
  if (actor.kind !== "user") throw new Error("nobody is signed in");
  return actor;
}
let close: () => Promise<void>;

describe("an empty installation", () => {
  afterEach(() => close());

  test("P07: the first sign-in becomes the owner, spends the set-up link, and the second is a user like others", async () => {
    close = await openInstallation();
    await provide({ autoCreateUsers: true });
    const token = (await issueSetupToken()) ?? "";
    const first = await whoIs(await enter(vouched({ email: "ada@example.com", givenName: "Ada" })));
    expect(await rolesOf(first)).toEqual(["superadmin"]);
    expect(first).toMatchObject({ username: "ada", name: "Ada" });
    expect(await database().oneTimeToken.count()).toBe(0);
    const identity = { username: "late", email: "late@example.com", givenName: "", familyName: "" };
    await refused(
      setUp,
      visitor(),
      { ...identity, token, password },
      { code: "conflict", reason: "already_set_up" },
    );
    const second = await whoIs(await enter(vouched()));
    expect(await rolesOf(second)).toEqual(["user"]);
  });

  test("U03: the first sign-in through OIDC receives all eight roles", async () => {
    close = await openInstallation("uptrakit");
    await provide({ autoCreateUsers: true });
    expect((await rolesOf(await whoIs(await enter(vouched())))).length).toBe(8);
    expect(await rolesOf(await whoIs(await enter(vouched())))).toEqual(["viewer"]);
  });

  test("P07: with sync on the owner stays the owner at that sign-in, and so does the last one at the next", async () => {
    close = await openInstallation();
    await provide(
      { autoCreateUsers: true },
      { syncRoles: true, rules: [{ claim: "groups", value: "it", role: "user" }] },
    );
    const word = vouched({ claims: { groups: ["it"] } });
    expect(await rolesOf(await whoIs(await enter(word)))).toEqual(["superadmin"]);
    expect(await rolesOf(await whoIs(await enter(word)))).toEqual(["superadmin"]);
  });

  test("P07: ten first sign-ins and the set-up link at once make one owner", async () => {
    close = await openInstallation();
    await provide({ autoCreateUsers: true });
    const token = (await issueSetupToken()) ?? "";
    const identity = { username: "setter", email: "setter@example.com", givenName: "", familyName: "" };
    await Promise.allSettled([
      ...Array.from({ length: 5 }, () => enter(vouched())),
      runCommand(setUp, visitor(), { ...identity, token, password }),
      ...Array.from({ length: 5 }, () => enter(vouched())),
    ]);
    expect(await database().assignment.count({ where: { role: { key: "superadmin" } } })).toBe(1);
  });

  test("without auto-create nobody takes it over, and neither does an address that is not verified", async () => {
    close = await openInstallation();
    await provide();
    await no(vouched(), "no_account");
    await noProviders();
    await provide({ autoCreateUsers: true });
    await no(vouched({ emailVerified: false }), "address_unverified");
    expect(await database().user.count()).toBe(0);
  });
});

describe("an installation with people", () => {
  beforeEach(noProviders);
  beforeAll(async () => {
    const close = await openInstallation();
    await person({ roles: ["superadmin"], username: "root", email: "root@example.com" });
    return close;
  });

  test("issuer and subject are the identity: another name and address change nothing, and the trail says who came", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched();
    const first = await whoIs(await enter(word));
    const again = await whoIs(await enter({ ...word, email: "root@example.com", username: "root" }));
    expect(again.id).toBe(first.id);
    expect(again.email).toBe(word.email);
    const row = await database().auditEvent.findFirst({
      where: { action: "sign in with identity provider" },
      orderBy: [{ at: "desc" }, { id: "desc" }],
    });
    expect(row).toMatchObject({
      action: "sign in with identity provider",
      outcome: "done",
      targetId: first.id,
      after: { method: "oidc", provider: "oidc", account: "known" },
    });
    const user = await database().user.findUniqueOrThrow({ where: { id: first.id } });
    expect(user.lastSignInAt).toEqual(row?.at);
    expect(user.passwordHash).toBeNull();
  });

  test("the same subject at another issuer, or another subject at the same one, is somebody else", async () => {
    await provide({ autoCreateUsers: true });
    await storeProvider({
      slug: "other",
      settings: { issuer: "https://other.example.com", autoCreateUsers: true },
      syncRoles: false,
    } as never);
    const word = vouched();
    const first = await whoIs(await enter(word));
    const elsewhere = {
      ...word,
      provider: "other",
      issuer: "https://other.example.com",
      email: "else@example.com",
    };
    expect((await whoIs(await enter(elsewhere))).id).not.toBe(first.id);
    await no({ ...word, subject: "somebody else" }, "linked_elsewhere");
  });

  test("P52: an account is linked by a verified address, whatever its case; nothing like true is true", async () => {
    await provide();
    const jane = await person({ roles: ["user"], email: "jane@example.com" });
    await no(vouched({ email: "jane@example.com", emailVerified: false }), "address_unverified");
    await no(vouched({ email: undefined }), "address_missing");
    const word = vouched({ email: "Jane@Example.com" });
    expect((await whoIs(await enter(word))).id).toBe(jane.id);
    expect((await whoIs(await enter({ ...word, emailVerified: false }))).id).toBe(jane.id);
    const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: jane.id } });
    expect(passwordHash).not.toBeNull();
  });

  test("P52: an unverified address gets the same answer whether somebody has it here or not", async () => {
    await provide({ autoCreateUsers: true });
    const taken = await no(
      vouched({ email: "root@example.com", emailVerified: false }),
      "address_unverified",
    );
    const free = await no(vouched({ email: "free@example.com", emailVerified: false }), "address_unverified");
    expect(taken.message).toBe(free.message);
  });

  test("a provider whose addresses are trusted as they are links and adds by them", async () => {
    await provide({ trustUnverifiedEmail: true, autoCreateUsers: true });
    const tom = await person({ roles: ["user"] });
    expect((await whoIs(await enter(vouched({ email: tom.email, emailVerified: false })))).id).toBe(tom.id);
    expect((await whoIs(await enter(vouched({ emailVerified: false })))).email).toContain("subject-");
  });

  test("an administrator's account is never linked by its address alone, unless the provider's settings say so", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched({ email: "root@example.com" });
    await no(word, "administrator_unlinked");
    await noProviders();
    await provide({ linkAdministrators: true });
    expect((await whoIs(await enter(word))).username).toBe("root");
    await database().identity.deleteMany({ where: { subject: word.subject } });
  });

  test("whoever signed up with somebody's address loses the account to its owner, and every way into it", async () => {
    await database().setting.create({
      data: { key: "registration", value: { enabled: true, role: "user" }, updatedAt: new Date() },
    });
    const planted = {
      username: "planted",
      email: "victim@example.com",
      givenName: "",
      familyName: "",
      password,
    };
    const { id } = await runCommand(signUp, visitor(), planted);
    await provide();
    expect((await whoIs(await enter(vouched({ email: planted.email })))).id).toBe(id);
    const user = await database().user.findUniqueOrThrow({ where: { id } });
    expect(user).toMatchObject({ passwordHash: null, emailUnproven: false });
  });

  test("O08: a disabled account is refused, known or linked, and lastSignInAt stays", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched();
    const { id } = await whoIs(await enter(word));
    const { lastSignInAt } = await database().user.update({ where: { id }, data: { active: false } });
    await no(word, "account_disabled");
    const off = await person({ roles: ["user"], active: false });
    await no(vouched({ email: off.email }), "account_disabled");
    expect((await database().user.findUniqueOrThrow({ where: { id } })).lastSignInAt).toEqual(lastSignInAt);
    await database().user.update({ where: { id }, data: { active: true } });
    expect((await whoIs(await enter(word))).id).toBe(id);
  });

  test("a provider that was switched off or pointed elsewhere meanwhile lets nobody in", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched();
    await enter(word);
    await database().identityProvider.updateMany({ data: { enabled: false } });
    await no(word, "provider_off");
    await database().identityProvider.updateMany({ data: { enabled: true } });
    await no({ ...word, issuer: "https://evil.example.com" }, "provider_off");
    await enter(word);
  });

  test("nobody but the product itself may vouch", async () => {
    await provide({ autoCreateUsers: true });
    await refused(enterVouched, visitor(), vouched(), {
      code: "unauthenticated",
      reason: "sign_in_required",
    });
  });

  test("P51: with sync off the roles given here stay; rules only make the first ones", async () => {
    const rules = [{ claim: "groups", value: "hosts", role: "host_manager" }];
    await provide({ autoCreateUsers: true }, { rules });
    const word = vouched({ claims: { groups: ["hosts"] } });
    const { id } = await whoIs(await enter(word));
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    const role = await database().role.findUniqueOrThrow({ where: { key: "readonly" } });
    await database().assignment.updateMany({ where: { userId: id }, data: { roleId: role.id } });
    await enter(word);
    expect(await rolesOf({ id })).toEqual(["readonly"]);
  });

  test("P50: with sync on each sign-in works the role out again, and what cannot be read changes nothing", async () => {
    const rules = [{ claim: "groups", value: "hosts", role: "host_manager" }];
    await provide({ autoCreateUsers: true }, { rules, syncRoles: true });
    const word = vouched({ claims: { groups: ["hosts"] } });
    const first = await enter(word);
    const { id } = await whoIs(first);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    await enter({ ...word, claims: { groups: [] }, unread: "userinfo_failed" });
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    await enter({ ...word, claims: {} });
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    const last = await enter({ ...word, claims: { groups: [] } });
    expect(await rolesOf({ id })).toEqual(["user"]);
    expect((await callWith(first.token)).actor.kind).toBe("anonymous");
    expect((await whoIs(last)).id).toBe(id);
  });

  test("whoever is known and keeps their roles waits for nobody who changes access", async () => {
    const rules = [{ value: "ops", role: "host_manager" }];
    await provide({ autoCreateUsers: true }, { syncRoles: true, rules });
    const word = vouched({ claims: { groups: ["ops"] } });
    const who = await whoIs(await enter(word));
    await transaction(async (tx) => {
      await lockAccess(tx);
      expect((await whoIs(await enter(word))).id).toBe(who.id);
    });
    expect(await rolesOf(who)).toEqual(["host_manager"]);
    expect(await lastEvent()).toMatchObject({ after: { account: "known", sync: "unchanged" } });
    // Other roles are a change of access.
    const { second } = await overlap(lockAccess, () => enter({ ...word, claims: { groups: [] } }));
    expect(second.status).toBe("fulfilled");
    expect(await rolesOf(who)).toEqual(["user"]);
  });

  test("a sign-in that waits for its provider to be switched off, or its account to be disconnected, is refused", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched({ claims: {} });
    const who = await whoIs(await enter(word));
    await provide({ autoCreateUsers: false });
    const gone = await overlap(
      async (tx) => {
        await lockUser(tx, who.id);
        await tx.identity.deleteMany({ where: { userId: who.id } });
        await tx.user.update({
          where: { id: who.id },
          data: { email: "x@x.example", emailKey: "x@x.example" },
        });
      },
      () => enter(word),
    );
    expect(gone.second).toMatchObject({ status: "rejected", reason: { reason: "no_account" } });
    expect(await database().identity.count({ where: { userId: who.id } })).toBe(0);
    await provide({ autoCreateUsers: true });
    const other = vouched();
    await enter(other);
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const { version } = await database().identityProvider.findUniqueOrThrow({ where: { slug: "oidc" } });
    const off = await overlap(
      async (tx) => {
        await lockAccess(tx);
        const context = { call, actor: call.actor, at: call.at.getTime(), tx };
        return switchProvider.run(context, switchProvider.input.parse({ slug: "oidc", version, on: false }));
      },
      () => enter(other),
    );
    expect(off.second).toMatchObject({ status: "rejected", reason: { reason: "provider_off" } });
  });

  test("twenty at once of the same person make one account", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched({ email: "many@example.com" });
    await Promise.all(Array.from({ length: 20 }, () => enter(word)));
    expect(await database().user.count({ where: { email: "many@example.com" } })).toBe(1);
    expect(await database().identity.count({ where: { subject: word.subject } })).toBe(1);
  });

  test("names that are taken get a number, and names that cannot be are made so", async () => {
    await provide({ autoCreateUsers: true });
    const names = async (word: Partial<Vouched>) => (await whoIs(await enter(vouched(word)))).username;
    expect(await names({ email: "jo.doe+x@example.com" })).toBe("jo.doex");
    expect(await names({ email: "jo.doex@other.example.com" })).toBe("jo.doex1");
    expect(await names({ email: "al@example.com", username: "Zoë Müller" })).toBe("ZoeMuller");
    expect(await names({ email: "bo@example.com", username: undefined })).toBe("user");
    expect((await names({ email: `${"a".repeat(60)}@example.com` })).length).toBe(32);
  });

  test("the session knows who vouched, keeps the ID token sealed, and replaces the one before", async () => {
    await provide({ autoCreateUsers: true });
    const word = vouched({ session: "sid-1", idToken: "header.payload.signature" });
    const first = await whoIs(await enter(word));
    const authenticatedAt = new Date(Date.UTC(2020, 1, 1));
    const second = await whoIs(await enter({ ...word, authenticatedAt, replaces: first.sessionId }));
    const rows = await database().session.findMany({ where: { userId: first.id }, orderBy: { id: "asc" } });
    expect(rows[0]).toMatchObject({ endedWhy: replaced });
    expect(rows[1]).toMatchObject({ provider: "oidc", issuer, subject: word.subject, idpSession: "sid-1" });
    expect(Buffer.from(rows[1]?.idToken ?? "").toString("latin1")).not.toContain("payload");
    expect(second.provenAt).toBe(authenticatedAt.getTime());
  });

  test("a role that asks for a second factor does not trap whoever shows theirs at the provider", async () => {
    await provide({ autoCreateUsers: true });
    await database().setting.create({
      data: { key: "security", value: { secondFactorRoles: ["user"] }, updatedAt: new Date() },
    });
    const { token } = await enter(vouched());
    const { mustEnrol, id } = await whoIs({ token });
    expect(mustEnrol).toBe(false);
    // The same person, had they come with a password.
    await database().session.updateMany({ where: { userId: id }, data: { provider: null } });
    expect((await whoIs({ token })).mustEnrol).toBe(true);
    await database().setting.delete({ where: { key: "security" } });
  });
});
