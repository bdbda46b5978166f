import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeOwnPassword, redeemResetLink } from "#lib/accounts/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { turnOf } from "#lib/kernel/rate-limit.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { signOut } from "#lib/sessions/index.ts";
import { resetPassword } from "#lib/users/index.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  nextInstant,
  type Person,
  password,
  person,
  signedIn,
  visitor,
  visitorWith,
} from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().rateLimit.deleteMany());

const user = () => person({ roles: ["user"] });
const wrong = "not this one, I fear";
const secret = "seven green bottles of ink";
const enter = ({ username }: Person, given = password, call: Call = visitor()) =>
  runCommand(signIn, call, { identifier: username, password: given });
/** What one is told who signs in, but for how long to wait. */
const told = async (who: Person, given: string, call?: Call) => {
  const { code, reason, message } = await failure(enter(who, given, call));
  return { code, reason, message: message.replaceAll(/\d+/g, "N") };
};
const almost = async (who: Person, left = 0, ...whose: string[]) => {
  const { key } = turnOf("signIns", ...whose, who.id);
  const expire = new Date(Date.now() + 600_000);
  await database().rateLimit.create({ data: { key, points: limits.signIns.points - left, expire } });
};

describe("B06: sign-ins that work come to an end as well", () => {
  test("so many an hour, from wherever; then a right and a wrong password are answered alike", async () => {
    const who = await user();
    for (let turn = 0; turn < limits.signIns.points; turn++)
      await enter(who, password, visitor(`203.0.113.${turn}`));
    const over = await told(who, password);
    expect(over).toMatchObject({ code: "rate_limited", reason: "too_many_attempts" });
    expect(await told(who, wrong, visitor("203.0.113.200"))).toEqual(over);
    expect((await enter(await user())).kind).toBe("session");
  });

  test("a hundred at once are no more, and wrong passwords use up none of them", async () => {
    const who = await user();
    await told(who, wrong);
    const before = await database().session.count({ where: { userId: who.id } });
    await almost(who, 3);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => enter(who)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect((await database().session.count({ where: { userId: who.id } })) - before).toBe(3);
  });

  test("those that wait for a second factor, too; not the owner's, in a browser that the account knows", async () => {
    const who = await user();
    const { browser } = await enter(who);
    await enrolTotp(who);
    await almost(who, 1, "half");
    expect((await enter(who)).kind).toBe("ticket");
    expect((await told(who, password)).reason).toBe("too_many_attempts");
    expect((await told(who, wrong)).reason).toBe("too_many_attempts");
    expect((await enter(who, password, visitorWith(browser ?? ""))).kind).toBe("ticket");
  });

  test("a reset link and an administrator give the account back; a new password of one's own does not", async () => {
    const [who, other] = [await user(), await user()];
    await almost(who);
    const call = await callWith(await signedIn(who));
    const own = "nine owls in the old barn";
    await runCommand(changeOwnPassword, call, { currentPassword: password, password: own });
    expect((await told(who, own)).reason).toBe("too_many_attempts");
    const token = await database().$transaction((tx) => issueResetLink(tx, who.id, nextInstant()));
    await runCommand(redeemResetLink, visitor(), { token, password: secret });
    expect((await enter(who, secret)).kind).toBe("session");
    await almost(other);
    const owner = await callAs(await person({ roles: ["superadmin"] }));
    await runCommand(resetPassword, owner, { id: other.id, password: secret });
    expect((await enter(other, secret)).kind).toBe("session");
  });
});

test("another password of one's own makes guesses at the old one no reason to wait", async () => {
  const who = await user();
  for (let turn = 0; turn <= limits.pair.points; turn++) await told(who, wrong);
  expect((await told(who, password)).reason).toBe("too_many_attempts");
  const call = await callWith(await signedIn(who));
  await runCommand(changeOwnPassword, call, { currentPassword: password, password: secret });
  expect((await enter(who, secret)).kind).toBe("session");
});

test("signing out is never refused for having been done too often", async () => {
  const who = await user();
  const call = await callWith(await signedIn(who));
  const { key } = turnOf("ownActs", who.id);
  const expire = new Date(Date.now() + 600_000);
  await database().rateLimit.create({ data: { key, points: 10_000, expire } });
  await runCommand(signOut, call, {});
});
