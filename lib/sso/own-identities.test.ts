import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { waysToConfirm } from "#lib/sign-in/index.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, type Person, passTime, person, signedIn, visitor } from "#test/people.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { refused } from "#test/trail.ts";
import {
  confirmWithProvider,
  connectIdentity,
  disconnectIdentity,
  enterVouched,
  listUnverified,
  sealVouched,
  type Vouched,
  viewOwnIdentities,
} from "./index.ts";

const issuer = "https://company.example.com";
let jane: Person;
let admin: Person;
beforeAll(async () => {
  const close = await openInstallation();
  admin = await person({ roles: ["superadmin"] });
  return close;
});
beforeEach(async () => {
  sayInEnvironment();
  await noProviders();
  await database().identity.deleteMany();
  await storeProvider({ syncRoles: false, settings: { issuer } });
  jane = await person({ roles: ["user"] });
});

const vouched = (subject: string, more: Partial<Vouched> = {}): Vouched => ({
  ...{
    provider: "company",
    issuer,
    subject,
    email: `${subject}@elsewhere.example.com`,
    emailVerified: false,
  },
  ...{ claims: {}, ...more },
});
const sessionOf = ({ actor }: Call) => (actor.kind === "user" ? actor.sessionId : "");
const word = (call: Call, said: Vouched, leftAt = call.at.getTime()) => ({
  vouched: sealVouched(sessionOf(call), said, leftAt, call.at),
});
const identities = ({ id }: { id: string }) => database().identity.findMany({ where: { userId: id } });
const enter = (said: Vouched) =>
  runCommand(enterVouched, { ...visitor(), actor: { kind: "system", name: "single sign-on" } }, said);

test("somebody signed in connects their identity, whatever its address, and it signs them in from then on", async () => {
  const call = await callAs(jane);
  expect(await runQuery(viewOwnIdentities, call, {})).toEqual({
    connected: [],
    open: [{ slug: "company", label: "Company login" }],
  });
  await runCommand(connectIdentity, call, word(call, vouched("j")));
  expect((await callWith((await enter(vouched("j"))).token)).actor).toMatchObject({ id: jane.id });
  const { connected, open } = await runQuery(viewOwnIdentities, call, {});
  expect(connected).toMatchObject([
    { provider: "company", label: "Company login", disconnectWhy: undefined },
  ]);
  expect(open).toEqual([]);
  const row = await database().auditEvent.findFirstOrThrow({
    where: { action: "connect identity provider" },
  });
  expect(row).toMatchObject({
    outcome: "done",
    actorId: jane.id,
    targetId: jane.id,
    after: { provider: "company" },
  });
});

test("an administrator connects so too: by proof, where an address alone would not do", async () => {
  const said = vouched("root", { email: admin.email, emailVerified: true });
  await refused(enterVouched, { ...visitor(), actor: { kind: "system", name: "single sign-on" } }, said, {
    code: "forbidden",
    reason: "administrator_unlinked",
  });
  const call = await callAs(admin);
  await runCommand(connectIdentity, call, word(call, said));
  expect((await callWith((await enter(said)).token)).actor).toMatchObject({ id: admin.id });
});

test("an identity belongs to one account, and an account to one identity of a provider", async () => {
  const call = await callAs(jane);
  await runCommand(connectIdentity, call, word(call, vouched("j")));
  const tom = await callAs(await person({ roles: ["user"] }));
  await refused(connectIdentity, tom, word(tom, vouched("j")), {
    code: "forbidden",
    reason: "identity_taken",
  });
  await refused(connectIdentity, call, word(call, vouched("other")), {
    code: "forbidden",
    reason: "already_connected",
  });
});

test("a word that was not sealed for this session, or is old, connects nothing", async () => {
  const call = await callAs(jane);
  const lost = { code: "unauthenticated", reason: "journey_lost" } as const;
  await refused(connectIdentity, call, { vouched: JSON.stringify(vouched("j")) }, lost);
  await refused(connectIdentity, call, word(await callAs(jane), vouched("j")), lost);
  const old = word(call, vouched("j"));
  passTime(61);
  await refused(connectIdentity, { ...call, at: visitor().at }, old, lost);
});

test("connecting and disconnecting ask for a fresh proof", async () => {
  const token = await signedIn(jane);
  passTime(31 * 60);
  const call = await callWith(token);
  const proof = { code: "forbidden", reason: "proof_required" } as const;
  await refused(connectIdentity, call, word(call, vouched("j")), proof);
  await refused(disconnectIdentity, call, { id: jane.id }, proof);
});

test("disconnecting ends the sessions that it opened, and it signs nobody in any more", async () => {
  const call = await callAs(jane);
  await runCommand(connectIdentity, call, word(call, vouched("j")));
  const { token } = await enter(vouched("j"));
  const [identity] = await identities(jane);
  await runCommand(disconnectIdentity, await callAs(jane), { id: identity?.id });
  expect((await callWith(token)).actor.kind).toBe("anonymous");
  expect(await identities(jane)).toEqual([]);
});

test("the last way in stays: nobody disconnects themselves out", async () => {
  await noProviders();
  await storeProvider({ syncRoles: false, settings: { issuer, autoCreateUsers: true } });
  const { token } = await enter(vouched("new", { emailVerified: true }));
  const call = await callWith(token);
  const { connected } = await runQuery(viewOwnIdentities, call, {});
  const id = connected[0]?.id;
  const last = { code: "conflict", reason: "last_way_in" } as const;
  const { message } = await refused(disconnectIdentity, call, { id }, last);
  expect(connected[0]?.disconnectWhy).toBe(message);
  const own = await callAs(jane);
  await runCommand(connectIdentity, own, word(own, vouched("j")));
  const [identity] = await identities(jane);
  sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "true" });
  await refused(disconnectIdentity, own, { id: identity?.id }, { code: "conflict", reason: "last_way_in" });
  sayInEnvironment();
  await refused(disconnectIdentity, call, { id: identity?.id }, { code: "not_found", reason: "no_identity" });
  await runCommand(disconnectIdentity, own, { id: identity?.id });
});

test("while roles are synced nobody leaves the provider that gives theirs", async () => {
  const call = await callAs(jane);
  await runCommand(connectIdentity, call, word(call, vouched("j")));
  await noProviders();
  await storeProvider({ settings: { issuer } });
  const [identity] = await identities(jane);
  await refused(
    disconnectIdentity,
    await callAs(jane),
    { id: identity?.id },
    { code: "conflict", reason: "synced" },
  );
});

test("whoever came through a provider confirms there, by signing in anew after they left", async () => {
  const own = await callAs(jane);
  await runCommand(connectIdentity, own, word(own, vouched("j")));
  const { token } = await enter(vouched("j"));
  passTime(31 * 60);
  const call = await callWith(token);
  expect(await runQuery(waysToConfirm, call, {})).toMatchObject({ providers: [{ slug: "company" }] });
  const stale = { code: "forbidden", reason: "no_fresh_proof" } as const;
  const confirm = (said: Partial<Vouched>, subject = "j") => word(call, vouched(subject, said));
  await refused(confirmWithProvider, call, confirm({}), stale);
  const before = new Date(call.at.getTime() - 5 * 60_000);
  await refused(confirmWithProvider, call, confirm({ authenticatedAt: before }), stale);
  const other = { code: "forbidden", reason: "identity_taken" } as const;
  await refused(confirmWithProvider, call, confirm({ authenticatedAt: call.at }, "somebody else"), other);
  const renewed = await runCommand(confirmWithProvider, call, confirm({ authenticatedAt: call.at }));
  const { actor } = await callWith(renewed.token);
  expect(actor).toMatchObject({ id: jane.id, provenAt: call.at.getTime() });
  expect((await callWith(token)).actor.kind).toBe("anonymous");
});

test("people whose addresses a provider does not vouch for are listed, with what it said", async () => {
  await noProviders();
  await storeProvider({
    syncRoles: false,
    settings: { issuer, trustUnverifiedEmail: true, autoCreateUsers: true },
  });
  await enter(vouched("aa-good", { claims: { email_verified: true } }));
  await enter(vouched("bb-no", { claims: { email_verified: false } }));
  await enter(vouched("cc-silent"));
  await enter(vouched("dd-words", { claims: { email_verified: "true" } }));
  await enter(vouched("ee-entra", { claims: { xms_edov: true } }));
  const { people, known } = await runQuery(listUnverified, await callAs(admin), { provider: "company" });
  expect(people.map(({ username, said }) => [username, said])).toEqual([
    ["bb-no", "no"],
    ["cc-silent", "nothing"],
    ["dd-words", "something else"],
  ]);
  expect(known).toBe(5);
});
