import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { endAllSessions, endSessionsOf } from "#lib/sessions/index.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, callWith, passTime, password, person, signedIn, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { confirmIdentity, waysToConfirm } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().rateLimit.deleteMany());

const nobody = { kind: "anonymous" };
const proof = { code: "forbidden", reason: "proof_required" } as const;
const wrong = { code: "forbidden", reason: "wrong_password" } as const;
const next = (call: Call): Call => ({ ...call, at: visitor().at });

/** An administrator who signed in 31 minutes ago. */
async function longSignedIn() {
  const admin = await person({ roles: ["admin"] });
  const token = await signedIn(admin);
  passTime(31 * 60);
  return { admin, token, call: await callWith(token) };
}

test("a dangerous act asks for it, and goes through once the password was given", async () => {
  const { admin, token, call } = await longSignedIn();
  await refused(endAllSessions, call, {}, proof);
  const confirming = next(call);
  const confirmed = await runCommand(confirmIdentity, confirming, { password });
  const where = { action: "confirm identity", actorId: admin.id };
  expect(await database().auditEvent.findFirstOrThrow({ where })).toMatchObject({
    outcome: "done",
    targetKind: "session",
    targetName: admin.username,
    after: { method: "password" },
  });
  const after = await callWith(confirmed.token);
  expect(after.actor).toMatchObject({ id: admin.id, provenAt: confirming.at.getTime() });
  await runCommand(endAllSessions, after, {});
  expect((await callWith(token)).actor).toEqual(nobody);
});

test("V7.2.4: the session goes on with a new token; the old one opens nothing at once, on every instance", async () => {
  const { admin, token, call } = await longSignedIn();
  const before = await database().session.findFirstOrThrow({ where: { userId: admin.id } });
  const confirmed = await runCommand(confirmIdentity, next(call), { password });
  expect(confirmed.token).not.toBe(token);
  expect((await callWith(token)).actor).toEqual(nobody);
  expect((await onAnotherInstance(() => callWith(token))).actor).toEqual(nobody);
  const { tokenHash, provenAt, lastUsedAt, ...kept } = await database().session.findFirstOrThrow({
    where: { userId: admin.id },
  });
  expect(before).toMatchObject(kept);
  expect(JSON.stringify(await lastEvent())).not.toContain(confirmed.token);
});

describe("a wrong password", () => {
  test("changes nothing, is in the trail, and the session goes on as it was", async () => {
    const { token, call } = await longSignedIn();
    const fields = { password: ["This is not your password."] };
    await refused(confirmIdentity, next(call), { password: "not mine" }, { ...wrong, fields });
    expect((await callWith(token)).actor).toMatchObject({ kind: "user", provenAt: expect.any(Number) });
    await refused(endAllSessions, await callWith(token), {}, proof);
  });

  test("after five the session has to wait, from whichever address; its owner's others do not", async () => {
    const { admin, call } = await longSignedIn();
    for (let guess = 0; guess < 5; guess++)
      await refused(confirmIdentity, next(call), { password: `guess ${guess}` }, wrong);
    const elsewhere = { ...next(call), address: "198.51.100.9" };
    const wait = { code: "rate_limited", reason: "too_many_attempts" } as const;
    await refused(confirmIdentity, elsewhere, { password }, wait);
    const again = () => failure(runCommand(confirmIdentity, next(elsewhere), { password }));
    expect(await onAnotherInstance(again)).toMatchObject(wait);
    await runCommand(confirmIdentity, await callAs(admin), { password });
  });

  test("a hundred at once are no way round that count", async () => {
    const { call } = await longSignedIn();
    const tries = Array.from({ length: 100 }, (_, guess) =>
      runCommand(confirmIdentity, call, { password: `guess ${guess}` }),
    );
    const reasons = (await Promise.allSettled(tries)).map((result) =>
      result.status === "rejected" ? result.reason.reason : "confirmed",
    );
    expect(reasons.filter((reason) => reason === "wrong_password")).toHaveLength(5);
    expect(reasons.filter((reason) => reason === "too_many_attempts")).toHaveLength(95);
  });
});

test("two tabs at once: one session, one live token; the slower is told to try again", async () => {
  const { call } = await longSignedIn();
  const results = await Promise.allSettled([
    runCommand(confirmIdentity, call, { password }),
    runCommand(confirmIdentity, call, { password }),
  ]);
  const done = results.filter((result) => result.status === "fulfilled");
  const lost = results.filter((result) => result.status === "rejected");
  expect(lost.map(({ reason }) => reason)).toMatchObject([{ reason: "session_changed" }]);
  expect((await callWith(done[0]?.value.token ?? "")).actor).toMatchObject({ kind: "user" });
});

test("a password that is replaced meanwhile, with the sessions it had, proves nothing any more", async () => {
  const { admin, call } = await longSignedIn();
  const { second } = await overlap(
    async (tx) => {
      await tx.user.update({ where: { id: admin.id }, data: { passwordHash: "another" } });
      await endSessionsOf(tx, admin.id, "password reset", call);
    },
    () => runCommand(confirmIdentity, call, { password }),
  );
  expect(second).toMatchObject({ status: "rejected", reason: wrong });
  expect(await database().session.count({ where: { userId: admin.id, endedAt: null } })).toBe(0);
});

test("an account without a password is told the way out, and pages can ask beforehand", async () => {
  const { admin, call } = await longSignedIn();
  expect(await runQuery(waysToConfirm, call, {})).toEqual({
    password: true,
    passkey: false,
    code: false,
    providers: [],
  });
  await database().user.update({ where: { id: admin.id }, data: { passwordHash: null } });
  expect(await runQuery(waysToConfirm, call, {})).toEqual({
    password: false,
    passkey: false,
    code: false,
    providers: [],
  });
  const none = { code: "conflict", reason: "no_password" } as const;
  await refused(confirmIdentity, next(call), { password }, none);
});

test("nobody who is not signed in can confirm anything", async () => {
  const out = { code: "unauthenticated", reason: "sign_in_required" } as const;
  await refused(confirmIdentity, visitor(), { password }, out);
});
