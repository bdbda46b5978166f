import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, password, person, rolesOf, signedIn, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { getUser } from "./get-user.ts";
import { updateUser } from "./update-user.ts";

beforeAll(() => openInstallation());

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
/** The edit form as it was opened, with what somebody changed in it. */
async function form({ id }: { id: string }, change: object = {}) {
  const { username: _, name: __, ...fields } = await runQuery(getUser, await asAdmin(), { id });
  return { ...fields, ...change };
}
const rowOf = ({ id }: { id: string }) => database().user.findUniqueOrThrow({ where: { id } });
const anonymous = { kind: "anonymous" };

test("names, address and role change, and the trail has them before and after", async () => {
  const jane = await person({ roles: ["readonly"], username: "jane", givenName: "Jane", familyName: "Doe" });
  const call = await asAdmin();
  const change = { email: "Jane@New.example", givenName: "", familyName: "Roe", roles: ["user"] };
  const input = await form(jane, change);
  expect(await runCommand(updateUser, call, input)).toMatchObject({ id: jane.id, username: "jane" });
  expect(await rowOf(jane)).toMatchObject({
    username: "jane",
    email: "Jane@New.example",
    emailKey: "jane@new.example",
    name: "Roe",
    searchText: "jane jane@new.example roe",
    version: 2,
    updatedAt: call.at,
  });
  expect(await rolesOf(jane)).toEqual(["user"]);
  const [assignment] = await database().assignment.findMany({ where: { userId: jane.id } });
  expect(assignment).toMatchObject({
    source: "local",
    givenBy: call.actor.kind === "user" && call.actor.username,
  });
  const event = await lastEvent();
  const { id, email, givenName, familyName, roles, active } = input;
  const shown = { id, email, givenName, familyName, roles, active };
  expect(event).toMatchObject({
    action: "edit user",
    outcome: "done",
    targetId: jane.id,
    targetName: "jane",
  });
  expect(event.before).toEqual({
    id: jane.id,
    username: "jane",
    email: "jane@example.com",
    givenName: "Jane",
    familyName: "Doe",
    active: true,
    roles: ["readonly"],
  });
  expect(event.after).toEqual({
    ...shown,
    username: "jane",
    sessionsEnded: 0,
    devicesForgotten: 0,
  });
});

test("a peer is edited with the role untouched, whatever that role is; so is one's own name", async () => {
  const peer = await person({ roles: ["admin"] });
  await runCommand(updateUser, await asAdmin(), await form(peer, { givenName: "Peer" }));
  expect(await rowOf(peer)).toMatchObject({ name: "Peer" });
  await runCommand(updateUser, await callAs(peer), await form(peer, { givenName: "Myself" }));
  expect(await rowOf(peer)).toMatchObject({ name: "Myself" });
  expect(await rolesOf(peer)).toEqual(["admin"]);
});

describe("sessions", () => {
  test("P30: a change of role ends all of the user's sessions, and nobody else's", async () => {
    const [jane, john] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
    const tokens = [await signedIn(jane), await signedIn(jane)];
    const other = await signedIn(john);
    const result = await runCommand(updateUser, await asAdmin(), await form(jane, { roles: ["readonly"] }));
    expect(result.sessionsEnded).toBe(2);
    for (const token of tokens) expect((await callWith(token)).actor).toEqual(anonymous);
    expect((await callWith(other)).actor).toMatchObject({ id: john.id });
    expect(await lastEvent()).toMatchObject({ after: { sessionsEnded: 2 } });
  });

  test("deactivation ends them and closes sign-in; activation opens sign-in and revives none", async () => {
    const jane = await person({ roles: ["user"] });
    const token = await signedIn(jane);
    await runCommand(updateUser, await asAdmin(), await form(jane, { active: false }));
    const input = { identifier: jane.username, password };
    expect((await callWith(token)).actor).toEqual(anonymous);
    expect(await failure(runCommand(signIn, visitor(), input))).toMatchObject({ reason: "bad_credentials" });
    await runCommand(updateUser, await asAdmin(), await form(jane, { active: true }));
    expect((await callWith(token)).actor).toEqual(anonymous);
    await expect(runCommand(signIn, visitor(), input)).resolves.toBeDefined();
    const { endedWhy } = await database().session.findFirstOrThrow({
      where: { userId: jane.id },
      orderBy: { id: "asc" },
    });
    expect(endedWhy).toBe("account deactivated");
  });

  test("a new name or address ends none", async () => {
    const jane = await person({ roles: ["user"] });
    const token = await signedIn(jane);
    await runCommand(updateUser, await asAdmin(), await form(jane, { givenName: "Jane" }));
    expect((await callWith(token)).actor).toMatchObject({ name: "Jane" });
  });
});

describe("oneself", () => {
  test.each(["superadmin", "admin"])("P31: %s cannot change their own role", async (role) => {
    const self = await person({ roles: [role] });
    await person({ roles: [role] });
    const call = await callAs(self);
    await refused(updateUser, call, await form(self, { roles: ["user"] }), {
      code: "conflict",
      reason: "own_role",
      message: /^Cannot change your own role/,
      fields: { roles: [expect.any(String)] },
    });
  });

  test("nobody deactivates themselves", async () => {
    const self = await person({ roles: ["superadmin"] });
    await person({ roles: ["superadmin"] });
    await refused(updateUser, await callAs(self), await form(self, { active: false }), {
      code: "conflict",
      reason: "own_account",
    });
  });
});

describe("somebody else's change in between", () => {
  test("is a conflict that says so and overwrites nothing", async () => {
    const jane = await person({ roles: ["user"] });
    const [mine, theirs] = [
      await form(jane, { givenName: "Mine" }),
      await form(jane, { givenName: "Theirs" }),
    ];
    const other = await person({ roles: ["admin"], username: "the_other" });
    const call = await callAs(other);
    await runCommand(updateUser, call, theirs);
    const conflict = { code: "conflict", reason: "edit_conflict", message: /\bthe_other\b/ } as const;
    const { details } = await refused(updateUser, await asAdmin(), mine, conflict);
    expect(details).toEqual({ version: 2, by: "the_other", at: call.at.toISOString() });
    expect(await rowOf(jane)).toMatchObject({ givenName: "Theirs" });
    await runCommand(updateUser, await asAdmin(), { ...mine, version: details.version });
    expect(await rowOf(jane)).toMatchObject({ givenName: "Mine" });
  });

  test("is one also when both save at once: one wins, the rest are told", async () => {
    const jane = await person({ roles: ["user"] });
    const call = await asAdmin();
    const forms = await Promise.all(["A", "B", "C", "D"].map((givenName) => form(jane, { givenName })));
    const results = await Promise.allSettled(forms.map((input) => runCommand(updateUser, call, input)));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual(Array(3).fill("edit_conflict"));
    expect(await rowOf(jane)).toMatchObject({ version: 2 });
  });

  test("a user who is gone, and one who never was", async () => {
    const jane = await person({ roles: ["user"] });
    const input = await form(jane);
    await database().user.delete({ where: { id: jane.id } });
    const gone = { code: "not_found", reason: "user_not_found" } as const;
    await refused(updateUser, await asAdmin(), input, gone);
    expect(await failure(runQuery(getUser, await asAdmin(), { id: newId() }))).toMatchObject(gone);
  });
});

describe("wrong fields", () => {
  test("a taken address is told beside it; one's own in another case is not taken", async () => {
    const [jane, john] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
    const input = await form(jane, { email: john.email.toUpperCase() });
    const taken = { code: "conflict", reason: "taken", fields: { email: [expect.any(String)] } } as const;
    expect(Object.keys((await refused(updateUser, await asAdmin(), input, taken)).fields)).toEqual(["email"]);
    const louder = jane.email.toUpperCase();
    await runCommand(updateUser, await asAdmin(), { ...input, email: louder });
    expect(await rowOf(jane)).toMatchObject({ email: louder });
  });

  test.each([
    ["email", "jane"],
    ["roles", []],
    ["active", "on"],
    ["version", 0],
    ["id", "1 OR 1=1"],
    ["givenName", "a".repeat(101)],
  ])("%s: %j", async (field, value) => {
    const input = await form(await person({ roles: ["user"] }), { [field]: value });
    const fields = { [field]: [expect.any(String)] };
    await refused(updateUser, await asAdmin(), input, { code: "invalid", reason: "invalid_input", fields });
  });

  test("P01: with the PatchMon catalogue a user keeps exactly one role", async () => {
    const jane = await person({ roles: ["user"] });
    const single = { code: "invalid", reason: "single_role" } as const;
    await refused(updateUser, await asAdmin(), await form(jane, { roles: ["user", "readonly"] }), single);
    await runCommand(updateUser, await asAdmin(), await form(jane, { roles: ["readonly", "readonly"] }));
    expect(await rolesOf(jane)).toEqual(["readonly"]);
  });
});

test("the username and the password are nobody's to change here", async () => {
  const jane = await person({ roles: ["user"], username: "jane.unchanged" });
  const { passwordHash } = await rowOf(jane);
  const sent = { username: "eve", password: "a brand new password", passwordHash: "x", source: "setup" };
  await runCommand(updateUser, await asAdmin(), await form(jane, sent));
  expect(await rowOf(jane)).toMatchObject({ username: "jane.unchanged", passwordHash });
});

test("whoever may not manage users is refused before anything is looked at", async () => {
  const call = await callAs(await person({ roles: ["host_manager"] }));
  await refused(updateUser, call, { id: 7 }, { code: "forbidden", reason: "missing_capability" });
  await refused(updateUser, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
  const jane = await person({ roles: ["user"] });
  expect(await failure(runQuery(getUser, call, jane))).toMatchObject({ code: "forbidden" });
});
