import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { codeGuessKeys } from "#lib/second-factor/index.ts";
import { updateUser } from "#lib/users/index.ts";
import { type AuthenticatorApp, enrolTotp } from "#test/factors.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, callWith, type Person, passTime, password, person, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";
import { signInWithCode } from "./sign-in-with-code.ts";
import { viewTicket } from "./ticket-holder.ts";

beforeAll(() => openInstallation());

const wrong = { code: "unauthenticated", reason: "wrong_code" } as const;
const over = { code: "unauthenticated", reason: "ticket_over" } as const;

const enterPassword = ({ username }: Person, call = visitor()) =>
  runCommand(signIn, call, { identifier: username, password });

/** Somebody with an authenticator app, a minute after it was set up, who gave the right password. */
async function halfway() {
  const who = await person({ roles: ["user"] });
  const enrolled = await enrolTotp(who);
  passTime(60);
  const first = await enterPassword(who);
  return { who, ...enrolled, first, ticket: first.token };
}

/** The second step with the code that the app shows at that moment. */
const confirm = (ticket: string, app: AuthenticatorApp, call = visitor()) =>
  runCommand(signInWithCode, call, { ticket, code: app.codeAt(call.at) });

/** The same, refused. */
const turnedAway = (
  ticket: string | undefined,
  app: AuthenticatorApp,
  expected: typeof over | typeof wrong,
) => {
  const call = visitor();
  return refused(signInWithCode, call, { ticket, code: app.codeAt(call.at) }, expected);
};
const live = (userId: string) => database().session.count({ where: { userId, endedAt: null } });
const lastSignIn = async (id: string) =>
  (await database().user.findUniqueOrThrow({ where: { id } })).lastSignInAt;

describe("P54: the password alone opens nothing once there is a second factor", () => {
  test("it answers a ticket, which is no session; the last sign-in stays what it was (O09)", async () => {
    const { who, first } = await halfway();
    const event = await lastEvent();
    expect(first.kind).toBe("ticket");
    expect((await callWith(first.token)).actor).toEqual({ kind: "anonymous" });
    expect(await lastSignIn(who.id)).toBeNull();
    expect(await live(who.id)).toBe(1);
    expect(event).toMatchObject({ action: "sign in", targetId: who.id, after: { next: "second factor" } });
    expect(JSON.stringify(event)).not.toContain(first.token);
    expect(JSON.stringify(await database().oneTimeToken.findMany())).not.toContain(first.token);
    const shown = await runQuery(viewTicket, visitor(), { ticket: first.token });
    expect(shown).toMatchObject({ username: who.username, totp: true, passkey: false, recoveryCode: true });
  });

  test("the app's code makes a session of it, which says how it came about", async () => {
    const { who, app, ticket } = await halfway();
    const call = visitor();
    const done = await confirm(ticket, app, call);
    expect(await lastEvent()).toMatchObject({
      action: "sign in with second factor",
      outcome: "done",
      targetId: who.id,
      after: { method: "password", factor: "totp", remembered: false },
    });
    expect((await callWith(done.token)).actor).toMatchObject({ kind: "user", id: who.id });
    const row = await database().session.findFirst({ where: { userId: who.id }, orderBy: { id: "desc" } });
    expect(row).toMatchObject({ method: "password", factor: "totp", provenAt: call.at });
    expect(await lastSignIn(who.id)).toEqual(call.at);
  });

  test("a recovery code does too, once", async () => {
    const { who, codes, ticket } = await halfway();
    const code = codes[0] ?? "";
    const done = await runCommand(signInWithCode, visitor(), { ticket, code });
    expect((await callWith(done.token)).actor).toMatchObject({ id: who.id });
    const again = await enterPassword(who);
    await refused(signInWithCode, visitor(), { ticket: again.token, code }, wrong);
  });

  test("a wrong code is refused by name, and the ticket stays good", async () => {
    const { who, app, ticket } = await halfway();
    const far = app.codeAt(new Date(visitor().at.getTime() + 3_600_000));
    await refused(signInWithCode, visitor(), { ticket, code: far }, wrong);
    expect(await lastEvent()).toMatchObject({
      outcome: "refused",
      targetId: who.id,
      targetName: who.username,
    });
    await confirm(ticket, app);
  });
});

describe("the ticket", () => {
  test("works once", async () => {
    const { who, app, codes, ticket } = await halfway();
    await confirm(ticket, app);
    await refused(signInWithCode, visitor(), { ticket, code: codes[0] }, over);
    expect(await runQuery(viewTicket, visitor(), { ticket })).toBeNull();
    expect(await database().recoveryCode.count({ where: { userId: who.id } })).toBe(10);
  });

  test("is good only for whom it was given, and only for ten minutes", async () => {
    const [jane, eve] = [await halfway(), await halfway()];
    await turnedAway(eve.ticket, jane.app, wrong);
    await refused(signInWithCode, visitor(), { ticket: eve.ticket, code: jane.codes[0] }, wrong);
    passTime(600);
    await turnedAway(jane.ticket, jane.app, over);
  });

  test.each([
    ["none", undefined],
    ["empty", ""],
    ["made up", "a".repeat(43)],
  ])("%s: refused", async (_what, ticket) => {
    const { app } = await halfway();
    await turnedAway(ticket, app, over);
  });

  test("is no other one-time link, and no other link is one", async () => {
    const { who, app, ticket } = await halfway();
    await database().oneTimeToken.updateMany({
      where: { userId: who.id, kind: "second_factor" },
      data: { kind: "password_reset" },
    });
    await turnedAway(ticket, app, over);
  });

  test("is void once the account is inactive, and stays so when it is active again (P35, P37)", async () => {
    const { who, app, ticket } = await halfway();
    const admin = await callAs(await person({ roles: ["superadmin"] }));
    const edit = { ...who, givenName: "", familyName: "", roles: ["user"] };
    await runCommand(updateUser, admin, { ...edit, active: false, version: 1 });
    await turnedAway(ticket, app, over);
    await runCommand(updateUser, admin, { ...edit, active: true, version: 2 });
    await turnedAway(ticket, app, over);
  });

  test("is void once the password is another one, or the account gone", async () => {
    const [reset, gone] = [await halfway(), await halfway()];
    await database().user.update({ where: { id: reset.who.id }, data: { passwordHash: "$argon2id$new" } });
    await turnedAway(reset.ticket, reset.app, over);
    await database().user.delete({ where: { id: gone.who.id } });
    await turnedAway(gone.ticket, gone.app, over);
  });
});

describe("guesses of codes are counted by account", () => {
  const guess = async (ticket: string, call: Call = visitor()) =>
    (await failure(runCommand(signInWithCode, call, { ticket, code: "000000" }))).reason;

  test("over all tickets, addresses, instances and restarts: the eleventh is not even looked at", async () => {
    const { who, app } = await halfway();
    const reasons: string[] = [];
    for (let turn = 0; turn < 12; turn++) {
      const from = visitor(`198.51.100.${turn}`);
      const { token } = await enterPassword(who, from);
      reasons.push(turn % 2 ? await guess(token, from) : await onAnotherInstance(() => guess(token, from)));
    }
    expect(reasons).toEqual([...Array(10).fill("wrong_code"), ...Array(2).fill("too_many_attempts")]);
    const { token } = await enterPassword(who);
    const right = await failure(confirm(token, app));
    expect(right).toMatchObject({ code: "rate_limited", details: { retryAfter: expect.any(Number) } });
  });

  test("somebody else's are counted apart, and a right code starts anew", async () => {
    const [jane, eve] = [await halfway(), await halfway()];
    for (let turn = 0; turn < 9; turn++) await guess(jane.ticket);
    await confirm(jane.ticket, jane.app);
    const { token } = await enterPassword(jane.who);
    for (let turn = 0; turn < 9; turn++) expect(await guess(token)).toBe("wrong_code");
    expect(await guess(eve.ticket)).toBe("wrong_code");
  });

  test("50 of them in a day are the end of it for that day, however they are spread", async () => {
    const { who, ticket } = await halfway();
    const call = visitor();
    const [quarter] = codeGuessKeys(who.id);
    for (let turn = 0; turn < 55; turn++) {
      // As if a quarter of an hour had passed.
      await database().rateLimit.deleteMany({ where: { key: quarter } });
      expect(await guess(ticket, call)).toBe(turn < 50 ? "wrong_code" : "too_many_attempts");
    }
  });
});

test("of a hundred at once with the same ticket and code one gets a session", async () => {
  const { who, app, ticket } = await halfway();
  const before = await live(who.id);
  const call = visitor();
  const tries = Array.from({ length: 100 }, () => confirm(ticket, app, call));
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of results)
    if (each.status === "rejected") expect(each.reason.reason).toMatch(/^(ticket_over|too_many_attempts)$/);
  expect(await live(who.id)).toBe(before + 1);
});

test("of many tickets at once with the same code one gets a session, be it the app's or a recovery code", async () => {
  const { who, app, codes } = await halfway();
  for (const given of [undefined, codes[0]]) {
    passTime(60);
    await database().rateLimit.deleteMany({});
    const tickets = [];
    for (let count = 0; count < 10; count++) tickets.push(await enterPassword(who));
    const call = visitor();
    const code = given ?? app.codeAt(call.at);
    const results = await Promise.allSettled(
      tickets.map(({ token: ticket }) => runCommand(signInWithCode, call, { ticket, code })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  }
});
