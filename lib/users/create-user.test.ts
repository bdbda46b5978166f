import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, person, rolesOf, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { createUser } from "./create-user.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
let count = 0;
const somebody = (change: object = {}) => {
  const username = `somebody${++count}`;
  const names = { givenName: "Jane", familyName: "Doe" };
  return {
    username,
    email: `${username}@example.com`,
    ...names,
    password: secret,
    roles: ["user"],
    ...change,
  };
};
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const invalid = { code: "invalid", reason: "invalid_input" } as const;

test("P23: a created user can sign in straight away, with the password that was given", async () => {
  const input = somebody();
  const { id } = await runCommand(createUser, await asAdmin(), input);
  const { token } = await runCommand(signIn, visitor(), { identifier: input.email, password: secret });
  expect((await callWith(token)).actor).toMatchObject({ kind: "user", id });
});

test("adding a user leaves one row in the trail: who, whom, what, and no secret", async () => {
  const call = await asAdmin();
  const input = somebody();
  const before = await database().auditEvent.count();
  const { id } = await runCommand(createUser, call, input);
  expect(await database().auditEvent.count()).toBe(before + 1);
  const { password: _, ...shown } = input;
  const event = await lastEvent();
  expect(event).toMatchObject({
    action: "add user",
    outcome: "done",
    reason: null,
    at: call.at,
    door: "action",
    address: call.address,
    agent: call.agent,
    actorKind: "user",
    actorId: call.actor.kind === "user" && call.actor.id,
    actorName: call.actor.kind === "user" && call.actor.username,
    targetKind: "user",
    targetId: id,
    targetName: input.username,
    before: null,
    after: { ...shown, active: true },
  });
  expect(JSON.stringify(event)).not.toMatch(/argon2|seven green/);
  const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id } });
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

describe("P22: username, email, names, password and role; each invalid field is named", () => {
  test.each([
    ["username", "ab", /at least 3 characters/],
    ["username", "a".repeat(65), /at most 64/],
    ["username", "jane@example.com", /letters, digits/],
    ["username", "jane doe", /letters, digits/],
    ["username", "jane\u0000", /letters, digits/],
    ["email", "jane", /email address/],
    ["email", "jane@localhost\n", /email address/],
    ["email", `${"a".repeat(250)}@example.com`, /at most 254/],
    ["givenName", "a".repeat(101), /at most 100/],
    ["familyName", "Doe\u0007", /plain text/],
    ["password", "", /Give a password/],
    ["password", undefined, /Give a password/],
    ["roles", [], /Choose a role/],
    ["roles", "user", /array/],
  ])("%s: %j", async (field, value, message) => {
    await refused(createUser, await asAdmin(), somebody({ [field]: value }), {
      ...invalid,
      fields: { [field]: [expect.stringMatching(message)] },
    });
  });

  test("several at once, each with its own words", async () => {
    const { fields } = await refused(createUser, await asAdmin(), { username: "x", email: "x" }, invalid);
    expect(Object.keys(fields).sort()).toEqual(["email", "password", "roles", "username"]);
  });

  test.each([
    ["too short", "fourteen chars", /at least 15 characters/],
    ["too long", "ab cd ef ".repeat(30), /at most 256/],
    ["one character over and over", "aaaaaaaaaaaaaaaaaaaa", /same few characters/],
    ["little more than the username", "PETER.PAN.peter.pan1", /little more than/],
  ])("a password that is %s", async (_what, password, message) => {
    await refused(createUser, await asAdmin(), somebody({ username: "peter.pan", password }), {
      code: "invalid",
      reason: "weak_password",
      fields: { password: [expect.stringMatching(message)] },
    });
  });

  test("names may be left out; spaces around and width of letters do not matter", async () => {
    const {
      givenName: _,
      familyName: __,
      ...bare
    } = somebody({ username: "  Ｗide ", email: " W@Example.com " });
    const { id } = await runCommand(createUser, await asAdmin(), bare);
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      username: "Wide",
      usernameKey: "wide",
      email: "W@Example.com",
      emailKey: "w@example.com",
      name: "",
      active: true,
    });
  });

  test("a built-in or a custom role", async () => {
    const role = await customRole("night_watch", ["can_view_hosts"]);
    const { id } = await runCommand(createUser, await asAdmin(), somebody({ roles: [role] }));
    expect(await rolesOf({ id })).toEqual(["night_watch"]);
  });

  test("a role that does not exist", async () => {
    const message = 'There is no role "nobody": it may have been deleted.';
    await refused(createUser, await asAdmin(), somebody({ roles: ["nobody"] }), {
      code: "invalid",
      reason: "role_not_found",
      fields: { roles: [message] },
    });
  });
});

test("P01: with the PatchMon catalogue a new user gets exactly one role", async () => {
  const call = await asAdmin();
  await refused(createUser, call, somebody({ roles: ["user", "readonly"] }), {
    code: "invalid",
    reason: "single_role",
    fields: { roles: [expect.any(String)] },
  });
  const { id } = await runCommand(createUser, call, somebody({ roles: ["user", "user"] }));
  expect(await rolesOf({ id })).toEqual(["user"]);
});

describe("a name or address that is taken", () => {
  const taken = { code: "conflict", reason: "taken" } as const;

  test("whatever its case; the field says so", async () => {
    const { username, email } = await person({ roles: ["user"], username: "Taken.Name" });
    const call = await asAdmin();
    const name = [expect.stringMatching(/taken/)];
    const address = [expect.stringMatching(/exists already/)];
    const sameName = somebody({ username: username.toUpperCase() });
    expect((await refused(createUser, call, sameName, taken)).fields).toEqual({ username: name });
    const sameAddress = somebody({ email: email.toUpperCase() });
    expect((await refused(createUser, call, sameAddress, taken)).fields).toEqual({ email: address });
    const both = somebody({ username, email });
    expect((await refused(createUser, call, both, taken)).fields).toEqual({ username: name, email: address });
  });

  test("by somebody at the same moment: one is added, the others are told", async () => {
    const call = await asAdmin();
    const input = somebody();
    const tries = Array.from({ length: 8 }, (_, index) =>
      runCommand(createUser, call, { ...input, email: `racer${index}@example.com` }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual(Array(7).fill("taken"));
    expect(await database().user.count({ where: { usernameKey: input.username } })).toBe(1);
    // The audit log has the first five, and the others as a count.
    const where = { action: "add user", reason: "taken", targetName: input.username };
    expect(await database().auditEvent.count({ where })).toBe(5);
    const others = await database().refusalCounter.aggregate({
      where: {
        sum: { path: ["reason"], equals: "taken" },
        pool: `user ${call.actor.kind === "user" && call.actor.id}`,
      },
      _sum: { summed: true },
    });
    expect(others._sum.summed).toBe(2);
  });
});

test("whoever may not manage users is refused before anything is looked at", async () => {
  const call = await callAs(await person({ roles: ["host_manager"] }));
  const missing = { code: "forbidden", reason: "missing_capability" } as const;
  await refused(createUser, call, somebody(), missing);
  const { fields } = await refused(createUser, call, { username: 7, roles: "admin" }, missing);
  expect(fields).toEqual({});
  await refused(createUser, visitor(), somebody(), { code: "unauthenticated", reason: "sign_in_required" });
});
