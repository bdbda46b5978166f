import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { addPasskey, startPasskey } from "#lib/second-factor/index.ts";
import { endAllSessions } from "#lib/sessions/index.ts";
import { enrolTotp, origin, visitorHere } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, type Person, passTime, person, signedIn, visitor } from "#test/people.ts";
import { present, softPasskey } from "#test/soft-passkey.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { askForPasskey, askToConfirm, confirmWithCode, confirmWithPasskey, waysToConfirm } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().rateLimit.deleteMany());

const nobody = { kind: "anonymous" };
const proof = { code: "forbidden", reason: "proof_required" } as const;
const refusal = { code: "forbidden", reason: "passkey_refused" } as const;
const wrongCode = { code: "forbidden", reason: "wrong_code" } as const;

const admin = () => person({ roles: ["admin"] });
const here = async (token: string): Promise<Call> => ({ ...(await callWith(token)), origin });

async function withPasskey(who: Person) {
  const key = softPasskey();
  const call = await here(await signedIn(who));
  const { options } = await runCommand(startPasskey, call, {});
  await runCommand(addPasskey, call, { name: "Laptop", response: key.make(options, origin) });
  return key;
}

/** Somebody with a passkey and no password, whose last proof is 31 minutes old. */
async function passkeyOnly() {
  const who = await admin();
  const key = await withPasskey(who);
  await database().user.update({ where: { id: who.id }, data: { passwordHash: null } });
  const token = await signedIn(who);
  passTime(31 * 60);
  return { who, key, token };
}
const ask = async (token: string) => (await runCommand(askToConfirm, await here(token), {})).options;

describe("with a passkey", () => {
  test("an account without a password confirms a dangerous act, and its session gets a new token", async () => {
    const { who, key, token } = await passkeyOnly();
    const ways = { password: false, passkey: true, code: false, providers: [] };
    expect(await runQuery(waysToConfirm, await here(token), {})).toEqual(ways);
    await refused(endAllSessions, await here(token), {}, proof);
    const options = await ask(token);
    expect(options).toMatchObject({ userVerification: "required", allowCredentials: [{ id: key.id }] });
    const response = key.show(options, origin);
    const done = await runCommand(confirmWithPasskey, await here(token), { response });
    expect(await lastEvent()).toMatchObject({
      action: "confirm identity with passkey",
      actorId: who.id,
      targetKind: "session",
      after: { method: "passkey" },
    });
    expect((await callWith(token)).actor).toEqual(nobody);
    await runCommand(endAllSessions, await here(done.token), {});
  });

  test("at an address where browsers have no passkeys it is not offered", async () => {
    const { token } = await passkeyOnly();
    const call = { ...(await callWith(token)), origin: "http://192.0.2.7:3000" };
    expect(await runQuery(waysToConfirm, call, {})).toMatchObject({ passkey: false });
  });

  test("the challenge is for the session that asked, for this and nothing else, for five minutes", async () => {
    const { who, key, token } = await passkeyOnly();
    const other = await signedIn(who);
    passTime(31 * 60);
    const signIn = (await runCommand(askForPasskey, visitorHere(), {})).options;
    const attempts = [
      [other, key.show(await ask(token), origin)],
      [token, key.show(signIn, origin)],
      [token, key.show(await ask(token), "https://evil.test")],
      [token, key.show(await ask(token), origin, present)],
      [token, softPasskey().show(await ask(token), origin)],
    ] as const;
    for (const [session, response] of attempts)
      await refused(confirmWithPasskey, await here(session), { response }, refusal);
    const late = key.show(await ask(token), origin);
    passTime(300);
    await refused(confirmWithPasskey, await here(token), { response: late }, refusal);
    await refused(endAllSessions, await here(token), {}, proof);
  });

  test("somebody else's passkey proves nothing", async () => {
    const { token } = await passkeyOnly();
    const theirs = await withPasskey(await admin());
    const response = theirs.show(await ask(token), origin);
    await refused(confirmWithPasskey, await here(token), { response }, refusal);
  });

  test("an answer is spent once: of twenty at once one confirms, and none does later", async () => {
    const { key, token } = await passkeyOnly();
    const response = key.show(await ask(token), origin);
    const call = await here(token);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => runCommand(confirmWithPasskey, call, { response })),
    );
    const tokens = results.flatMap((each) => (each.status === "fulfilled" ? [each.value.token] : []));
    expect(tokens).toHaveLength(1);
    await refused(confirmWithPasskey, await here(tokens[0] ?? ""), { response }, refusal);
  });
});

describe("with a code of the authenticator app", () => {
  test("it confirms, once; a recovery code does not, and stays good", async () => {
    const who = await admin();
    const { app, codes } = await enrolTotp(who);
    const token = await signedIn(who);
    passTime(31 * 60);
    expect(await runQuery(waysToConfirm, await here(token), {})).toMatchObject({ code: true });
    await refused(
      confirmWithCode,
      await here(token),
      { code: codes[0] },
      {
        code: "invalid",
        reason: "invalid_input",
      },
    );
    expect(await database().recoveryCode.count({ where: { userId: who.id } })).toBe(10);
    const code = app.codeAt(nextInstant());
    const done = await runCommand(confirmWithCode, await here(token), { code });
    expect(await lastEvent()).toMatchObject({
      action: "confirm identity with code",
      after: { method: "totp" },
    });
    await refused(confirmWithCode, await here(done.token), { code }, wrongCode);
    await runCommand(endAllSessions, await here(done.token), {});
  });

  test("guesses are counted by account, like those at the sign-in page", async () => {
    const who = await admin();
    await enrolTotp(who);
    for (let guess = 0; guess < 10; guess++) {
      const call = await here(await signedIn(who));
      await refused(confirmWithCode, call, { code: `00000${guess}` }, wrongCode);
    }
    const wait = { code: "rate_limited", reason: "too_many_attempts" } as const;
    await refused(confirmWithCode, await here(await signedIn(who)), { code: "123456" }, wait);
  });
});

test("nobody who is not signed in can confirm anything", async () => {
  const out = { code: "unauthenticated", reason: "sign_in_required" } as const;
  for (const command of [askToConfirm, confirmWithPasskey, confirmWithCode])
    await refused(command as typeof confirmWithCode, visitor(), { code: "123456" }, out);
});
