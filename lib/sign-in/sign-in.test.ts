import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, password, person, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";

beforeAll(() => openInstallation());

const bad = { code: "unauthenticated", reason: "bad_credentials", message: /^Invalid credentials/ } as const;
const rowOf = (id: string) => database().user.findUniqueOrThrow({ where: { id } });

describe("username or email, in any case and width", () => {
  test.each([
    "Grace.Hopper",
    "grace.hopper",
    "GRACE@EXAMPLE.COM",
    "  grace@example.com ",
    "ｇｒａｃｅ.hopper",
  ])("%j", async (identifier) => {
    const where = { usernameKey: "grace.hopper" };
    const grace = await database().user.findUnique({ where });
    const { id } =
      grace ?? (await person({ username: "Grace.Hopper", email: "Grace@Example.com", roles: ["user"] }));
    const { token } = await runCommand(signIn, visitor(), { identifier, password });
    expect((await callWith(token)).actor).toMatchObject({ kind: "user", id });
  });
});

test("signing in leaves a row in the trail without token or password", async () => {
  const { id, username } = await person({ roles: ["user"] });
  const { token } = await runCommand(signIn, visitor(), { identifier: username, password });
  const event = await lastEvent();
  expect(event).toMatchObject({ action: "sign in", outcome: "done", actorKind: "anonymous", targetId: id });
  expect(event).toMatchObject({ targetName: username, address: "192.0.2.1", after: { method: "password" } });
  expect(JSON.stringify(event)).not.toContain(token);
  expect(JSON.stringify(event)).not.toContain(password);
});

test("an unknown name, a wrong password, an inactive account and one without a password are answered alike", async () => {
  const known = await person({ roles: ["user"] });
  const inactive = await person({ roles: ["user"], active: false });
  const without = await person({ roles: ["user"] });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  const tries = [
    { identifier: "nobody.at.all", password },
    { identifier: known.username, password: "not this one, I fear" },
    { identifier: inactive.username, password },
    { identifier: without.username, password },
  ];
  const answers = [];
  for (const input of tries) {
    const { code, reason, message, fields, details } = await refused(signIn, visitor(), input, bad);
    answers.push({ code, reason, message, fields, details });
  }
  expect(answers).toEqual(Array(4).fill(answers[0]));
});

test("an account without a password (one of an identity provider) cannot be opened with any", async () => {
  const { id, username } = await person({ roles: ["user"] });
  await database().user.update({ where: { id }, data: { passwordHash: null } });
  for (const guess of [password, "null", "a decoy that nobody's password equals"])
    await refused(signIn, visitor(), { identifier: username, password: guess }, bad);
});

test("O09: the last sign-in is the latest that worked; failed ones leave it alone", async () => {
  const { id, username } = await person({ roles: ["user"] });
  expect((await rowOf(id)).lastSignInAt).toBeNull();
  await refused(signIn, visitor(), { identifier: username, password: "not this one, I fear" }, bad);
  expect((await rowOf(id)).lastSignInAt).toBeNull();
  for (const call of [visitor(), visitor()]) {
    await runCommand(signIn, call, { identifier: username, password });
    expect((await rowOf(id)).lastSignInAt).toEqual(call.at);
  }
});

test("each sign-in has a token of its own, and ends the session that it came with", async () => {
  const { username } = await person({ roles: ["user"] });
  const input = { identifier: username, password };
  const first = await runCommand(signIn, visitor(), input);
  const second = await runCommand(signIn, await callWith(first.token), input);
  expect(second.token).not.toBe(first.token);
  expect((await callWith(first.token)).actor).toEqual({ kind: "anonymous" });
  expect((await callWith(second.token)).actor).toMatchObject({ username });
});

test("empty, endless and ill-formed entries are told beside the field", async () => {
  const told = async (input: object) =>
    Object.keys((await failure(runCommand(signIn, visitor(), input))).fields);
  expect(await told({})).toEqual(["identifier", "password"]);
  expect(await told({ identifier: " ", password: "" })).toEqual(["identifier", "password"]);
  expect(await told({ identifier: "a".repeat(255), password: "p".repeat(1001) })).toEqual([
    "identifier",
    "password",
  ]);
  expect(await told({ identifier: "a\0", password })).toEqual(["identifier"]);
  expect(await told({ identifier: ["a"], password: { length: 20 } })).toEqual(["identifier", "password"]);
});
