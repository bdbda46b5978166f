import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signIn, signInWithCode } from "#lib/sign-in/index.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, passTime, password, person, signedIn, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { resetFactors, viewFactorsOf } from "./reset-factors.ts";

beforeAll(() => openInstallation());

const enrolled = async (role = "user") => {
  const who = await person({ roles: [role] });
  return { who, ...(await enrolTotp(who)) };
};
const as = async (role: string) => callAs(await person({ roles: [role] }));

test("within rank: everything enrolled goes, sessions and tickets end, and the password leads in again", async () => {
  const { who, app } = await enrolled();
  const session = await signedIn(who);
  passTime(60);
  const { token: ticket } = await runCommand(signIn, visitor(), { identifier: who.username, password });
  const call = await as("admin");
  const done = await runCommand(resetFactors, call, { id: who.id });
  expect(done).toEqual({ username: who.username, sessionsEnded: 2 });
  expect(await lastEvent()).toMatchObject({
    action: "reset second factor",
    targetId: who.id,
    targetName: who.username,
    before: { totp: true, passkeys: 0, recoveryCodes: 10, trustedDevices: 0 },
    after: { sessionsEnded: 2 },
  });
  expect((await callWith(session)).actor).toEqual({ kind: "anonymous" });
  const late = visitor();
  const over = { code: "unauthenticated", reason: "ticket_over" } as const;
  await refused(signInWithCode, late, { ticket, code: app.codeAt(late.at) }, over);
  const { kind } = await runCommand(signIn, visitor(), { identifier: who.username, password });
  expect(kind).toBe("session");
});

test("P42, P46: not of somebody who ranks higher, nor by whoever may not manage users", async () => {
  const { who } = await enrolled("superadmin");
  const input = { id: who.id };
  const rank = { code: "forbidden", reason: "rank", message: new RegExp(who.username) } as const;
  await refused(resetFactors, await as("admin"), input, rank);
  const missing = { code: "forbidden", reason: "missing_capability" } as const;
  await refused(resetFactors, await as("host_manager"), input, missing);
  expect(await database().totp.count({ where: { userId: who.id } })).toBe(1);
  const shown = await runQuery(viewFactorsOf, await as("admin"), input);
  expect(shown).toMatchObject({ totp: true, why: expect.stringMatching(/outranks you/) });
});

test("one's own is changed with proof, not reset; the refusal says where", async () => {
  const { who } = await enrolled("superadmin");
  const own = { code: "conflict", reason: "own_account" } as const;
  await refused(resetFactors, await callAs(who), { id: who.id }, own);
});

test("nothing enrolled, nobody there: said so", async () => {
  const who = await person({ roles: ["user"] });
  const call = await as("admin");
  await refused(resetFactors, call, { id: who.id }, { code: "conflict", reason: "no_factor" });
  const id = "01999999-0000-7000-8000-000000000000";
  await refused(resetFactors, await as("admin"), { id }, { code: "not_found", reason: "user_not_found" });
});

test("it needs a recent proof", async () => {
  const { who } = await enrolled();
  const call = await as("admin");
  passTime(31 * 60);
  const stale = { ...call, at: visitor().at };
  await refused(resetFactors, stale, { id: who.id }, { code: "forbidden", reason: "proof_required" });
});
