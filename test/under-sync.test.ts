import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { restoreAccess } from "#lib/break-glass/index.ts";
import { sweep } from "#lib/housekeeping/index.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { viewMatrix, viewRole } from "#lib/roles/index.ts";
import { endUserSessions } from "#lib/sessions/index.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { registrationOpen, signUp } from "#lib/sign-up/index.ts";
import { createUser, listUsers, setUserRoles } from "#lib/users/index.ts";
import { openInstallation } from "./installation.ts";
import { type AnyCommand, operations } from "./operations.ts";
import { overlap } from "./overlap.ts";
import { callAs, callWith, customRole, type Person, person, rolesOf, signedIn, visitor } from "./people.ts";
import { noProviders, storeProvider } from "./sync.ts";
import { failure, refused } from "./trail.ts";

/** What reads, by its verb. Beside them stand the few below that only sound so. */
const reads = /^(view|list|find|count|explain|preview|name|check|ask) /;

/** What people go on doing while an identity provider gives the roles, and why. */
const open: Record<string, readonly string[]> = {
  "their own ways in and out": [
    "accept saml response",
    "add passkey",
    "cancel new email address",
    "change own password",
    "choose password with link",
    "confirm identity",
    "confirm new email address",
    "confirm identity with code",
    "confirm identity with passkey",
    "confirm identity with provider",
    "connect identity provider",
    "redeem saml ticket",
    "remove authenticator app",
    "remove passkey",
    "renew recovery codes",
    "revoke all trusted devices",
    "revoke trusted device",
    "set up authenticator app",
    "sign in",
    "sign in with passkey",
    "sign in with password and passkey",
    "sign in with second factor",
    "sign out",
    "start adding a passkey",
    "start saml sign-in",
    "start setting up an authenticator app",
  ],
  "ending sessions takes no right away": [
    "end all sessions",
    "end own other sessions",
    "end own session",
    "end session",
    "end sessions of user",
  ],
  "taking back one's own request gives nothing": ["withdraw access request"],
  "settings are no users and no roles, and role sync itself is switched off there": [
    "add identity provider",
    "create provisioning token",
    "delete identity provider",
    "finish saml test sign-in",
    "finish test sign-in",
    "move identity provider",
    "revoke provisioning token",
    "save identity provider",
    "save role rules",
    "save security settings",
    "save sign-on settings",
    "start test sign-in",
    "switch identity provider",
    "switch role sync",
  ],
  "it is the identity provider's own client that asks": [
    "deprovision user",
    "provision group",
    "provision user",
    "remove provisioned group",
    "update provisioned group",
    "update provisioned user",
  ],
  "organizations and lists stay managed here": [
    "add managed value",
    "add members",
    "add organization",
    "add team",
    "add value group",
    "delete managed value",
    "delete organization",
    "delete team",
    "delete value group",
    "edit managed value",
    "edit organization",
    "edit team",
    "edit value group",
    "remove members",
  ],
  "before anybody is there": ["set up installation"],
  "closed by its own rule, in its own words": ["sign up"],
};

const flagged = operations.filter(({ refusedUnderSync }) => refusedUnderSync) as AnyCommand[];

test("P48: every operation that writes is refused under role sync or stands in the list of what is not", () => {
  const writing = operations.filter(({ name, needs }) => needs !== "system" && !reads.test(name));
  const left = writing.filter(({ refusedUnderSync }) => !refusedUnderSync).map(({ name }) => name);
  expect(left.sort()).toEqual(Object.values(open).flat().sort());
});

describe("with the PatchMon catalogue", () => {
  let superadmin: Person;
  beforeAll(async () => {
    const close = await openInstallation();
    superadmin = await person({ roles: ["superadmin"] });
    return close;
  });
  beforeEach(noProviders);
  const synced = { code: "conflict", reason: "synced" } as const;

  describe.each(flagged.map((one) => [one.name, one] as const))("%s", (_name, command) => {
    test("P48: is refused to everybody who has the right, before it looks at what was sent", async () => {
      await storeProvider();
      const call = await callAs(superadmin);
      for (const input of [undefined, {}, { id: superadmin.id, role: "user" }])
        await refused(command, call, input, synced);
      await noProviders();
      expect((await failure(runCommand(command, await callAs(superadmin), undefined))).code).toBe("invalid");
    });
  });

  test("whoever lacks the right is told that, and nothing of the sync", async () => {
    await storeProvider();
    const call = await callAs(await person({ roles: ["user"] }));
    const missing = { code: "forbidden", reason: "missing_capability" } as const;
    await refused(createUser, call, {}, missing);
  });

  test("an administrator who saves while another switches sync on is refused after the wait", async () => {
    const target = await person({ roles: ["user"] });
    const call = await callAs(superadmin);
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        const at = new Date();
        const row = {
          slug: "late",
          kind: "oidc",
          label: "Late login",
          settings: {},
          createdAt: at,
          updatedAt: at,
        };
        await tx.identityProvider.create({
          data: { ...row, id: crypto.randomUUID(), enabled: true, syncRoles: true },
        });
      },
      () => runCommand(setUserRoles, call, { id: target.id, roles: ["host_manager"] }),
    );
    expect(second).toMatchObject({ status: "rejected", reason: { reason: "synced" } });
    expect(await rolesOf(target)).toEqual(["user"]);
  });

  test("a provider that is switched off, or does not sync, leaves everything to the administrators", async () => {
    for (const state of [{ enabled: false }, { syncRoles: false }]) {
      await storeProvider(state);
      const target = await person({ roles: ["user"] });
      await runCommand(setUserRoles, await callAs(superadmin), { id: target.id, roles: ["host_manager"] });
      expect(await rolesOf(target)).toEqual(["host_manager"]);
    }
    await storeProvider({ slug: "other", syncRoles: true });
    const call = await callAs(superadmin);
    await refused(setUserRoles, call, { id: superadmin.id, roles: ["user"] }, synced);
  });

  test("P48: sign-up is closed, whatever its settings say, also for whom it was open a moment ago", async () => {
    const owner = await callAs(superadmin);
    await runCommand(saveRegistration, owner, { enabled: true, role: "user" });
    expect(await runQuery(registrationOpen, visitor(), {})).toBe(true);
    await storeProvider();
    expect(await runQuery(registrationOpen, visitor(), {})).toBe(false);
    const input = { username: "newcomer", email: "n@example.com", password: "seven green bottles of ink" };
    await refused(signUp, visitor("198.51.100.7"), input, { code: "forbidden", reason: "sign_up_off" });
    await noProviders();
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        await tx.$executeRaw`
          INSERT INTO identity_providers (id, slug, kind, label, enabled, sync_roles, settings, created_at, updated_at)
          VALUES (gen_random_uuid(), 'late', 'oidc', 'Late login', true, true, '{}', now(), now())`;
      },
      () => runCommand(signUp, visitor("198.51.100.8"), input),
    );
    expect(second).toMatchObject({ status: "rejected", reason: { reason: "sign_up_off" } });
  });

  test("what explains says what refuses", async () => {
    await customRole("night_watch", ["can_view_hosts"]);
    await storeProvider();
    const call = await callAs(superadmin);
    const { message: words } = await failure(runCommand(setUserRoles, call, undefined));
    const { rows } = await runQuery(listUsers, call, {});
    for (const row of rows)
      expect(row).toMatchObject({ editWhy: words, rolesWhy: words, resetWhy: words, deleteWhy: words });
    expect(rows.every(({ sessionsWhy }) => sessionsWhy === undefined)).toBe(true);
    expect(await runQuery(viewMatrix, call, {})).toMatchObject({ edit: { allowed: false, why: words } });
    const role = await runQuery(viewRole, call, { role: "night_watch" });
    expect(role).toMatchObject({
      edit: { allowed: false, why: words },
      remove: { allowed: false, why: words },
    });
  });

  test("sessions end, time ends access, and the server restores it, under sync as ever", async () => {
    await storeProvider();
    const one = await person({ roles: ["user"] });
    const token = await signedIn(one);
    await runCommand(endUserSessions, await callAs(superadmin), { userId: one.id });
    expect((await callWith(token)).actor.kind).toBe("anonymous");

    await database().assignment.updateMany({ where: { userId: one.id }, data: { endsAt: new Date(0) } });
    await sweep(new Date());
    const glass: Call = systemCall("break glass");
    await runCommand(restoreAccess, glass, { name: one.username, roles: true, password: true });
    expect(await rolesOf(one)).toContain("superadmin");
  });
});
