import { beforeAll, beforeEach, expect, test } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { deleteProvider } from "#lib/sso/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, nextInstant, passTime, person } from "#test/people.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { lastEvent, refused } from "#test/trail.ts";
import {
  createProvisioningToken as create,
  listProvisioningTokens,
  loadClient,
  provisionGroup,
  provisionUser,
  revokeProvisioningToken as revoke,
} from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(noProviders);
const as = async (role: string) => callAs(await person({ roles: [role] }));
const wanted = { name: "Okta", provider: "", scopes: ["users", "groups"], days: 365 };
const list = async () => runQuery(listProvisioningTokens, await as("superadmin"), {});

test("a token is shown once, kept as a hash, and opens what it was made for until it is revoked", async () => {
  const call = await as("admin");
  const { id, secret } = await runCommand(create, call, wanted);
  expect(secret).toMatch(/^bwk_scim_[\w-]{43}$/);
  const actor = await loadClient(secret, nextInstant());
  expect(actor).toMatchObject({
    kind: "client",
    id,
    name: "Okta",
    provider: "",
    scopes: ["users", "groups"],
  });
  expect(JSON.stringify(await database().scimToken.findMany())).not.toContain(secret.slice(9));
  const event = await lastEvent();
  expect(event).toMatchObject({ action: "create provisioning token", targetId: id, targetName: "Okta" });
  expect(JSON.stringify(event)).not.toContain(secret.slice(9));
  expect((await list()).tokens).toMatchObject([{ id, state: "live", createdBy: expect.any(String) }]);

  await runCommand(revoke, await as("admin"), { id });
  expect(await loadClient(secret, nextInstant())).toEqual({ kind: "anonymous" });
  expect(await lastEvent()).toMatchObject({ before: { revoked: false }, after: { revoked: true } });
  expect((await list()).tokens).toMatchObject([{ id, state: "revoked" }]);
});

test("a token runs out", async () => {
  const { id, secret } = await runCommand(create, await as("superadmin"), { ...wanted, days: 90 });
  const day = 24 * 60 * 60;
  passTime(89 * day);
  expect((await loadClient(secret, nextInstant())).kind).toBe("client");
  passTime(day);
  expect((await loadClient(secret, nextInstant())).kind).toBe("anonymous");
  expect((await list()).tokens.find((one) => one.id === id)?.state).toBe("expired");
  passTime(-90 * day);
});

test("fields that make no sense are named", async () => {
  const call = await as("superadmin");
  for (const [field, input] of [
    ["name", { ...wanted, name: " " }],
    ["scopes", { ...wanted, scopes: [] }],
    ["scopes", { ...wanted, scopes: ["existing"] }],
    ["scopes", { ...wanted, scopes: ["users", "everything"] }],
    ["days", { ...wanted, days: 100_000 }],
    ["provider", { ...wanted, provider: "gone" }],
  ] as const) {
    const error = await refused(create, call, input, { code: "invalid", reason: expect.any(String) });
    expect([field, Object.keys(error.fields)]).toEqual([field, [field]]);
  }
});

test("who may not touch administrators makes no token that may", async () => {
  const scopes = ["users", "administrators"];
  await refused(create, await as("admin"), { ...wanted, scopes }, { code: "forbidden", reason: "rank" });
  expect((await runCommand(create, await as("superadmin"), { ...wanted, scopes })).secret).toBeTruthy();
});

test("nobody makes a token for a provider whose rules give what they could not give", async () => {
  const provider = "company";
  await storeProvider({ rules: [{ value: "owners", role: "superadmin" }] });
  const guarded = { code: "forbidden", reason: "guarded_role" } as const;
  await refused(create, await as("admin"), { ...wanted, provider }, guarded);
  await storeProvider({ rules: [], settings: { defaultRole: "superadmin" } });
  await refused(create, await as("admin"), { ...wanted, provider }, guarded);
  await storeProvider({ rules: [{ value: "hosts", role: "host_manager" }] });
  expect((await runCommand(create, await as("admin"), { ...wanted, provider })).secret).toBeTruthy();
  expect((await list()).tokens[0]).toMatchObject({ provider: "Company login" });
});

test("a provider that is deleted takes its tokens and groups along; the people stay", async () => {
  const provider = "leaving";
  await storeProvider({ slug: provider, rules: [], syncRoles: false, enabled: false });
  const call = await as("superadmin");
  const { secret } = await runCommand(create, call, { ...wanted, provider });
  const client = { ...call, door: "api" as const, actor: await loadClient(secret, nextInstant()) };
  const resource = { userName: "left@example.com" };
  const { id } = await runCommand(provisionUser, client, { resource });
  await runCommand(provisionGroup, client, { resource: { displayName: "Left", members: [{ value: id }] } });
  const { version } = await database().identityProvider.findUniqueOrThrow({ where: { slug: provider } });
  await runCommand(deleteProvider, await as("superadmin"), { slug: provider, version });
  expect(await lastEvent()).toMatchObject({ after: { tokensRevoked: 1 } });
  expect(await loadClient(secret, nextInstant())).toEqual({ kind: "anonymous" });
  expect(await database().user.count({ where: { id: String(id), active: true } })).toBe(1);
  expect([await database().scimUser.count(), await database().scimGroup.count()]).toEqual([0, 0]);
});

test("it needs the rights to change settings, users and tokens; the proof has to be recent", async () => {
  const settings = await customRole("settings_only", ["can_manage_settings"]);
  const forbidden = { code: "forbidden", reason: "missing_capability" } as const;
  await refused(create, await as(settings), wanted, forbidden);
  await refused(create, await as("readonly"), wanted, forbidden);
  await refused(create, systemCall("a job"), wanted, forbidden);
  const call = await as("superadmin");
  passTime(3600);
  await refused(create, { ...call, at: nextInstant() }, wanted, {
    code: "forbidden",
    reason: "proof_required",
  });
  await refused(
    revoke,
    await as("superadmin"),
    { id: "01a20000-0000-7000-8000-000000000000" },
    {
      code: "not_found",
      reason: "token_not_found",
    },
  );
});
