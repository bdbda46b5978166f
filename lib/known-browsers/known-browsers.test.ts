import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeOwnPassword, redeemResetLink } from "#lib/accounts/index.ts";
import { restoreAccess } from "#lib/break-glass/index.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import {
  endAllSessions,
  endOwnOtherSessions,
  endOwnSession,
  endUserSession,
  endUserSessions,
  signOut,
} from "#lib/sessions/index.ts";
import { signIn, signInWithCode } from "#lib/sign-in/index.ts";
import { disown } from "#lib/sso/index.ts";
import { deleteUser, resetPassword, updateUser } from "#lib/users/index.ts";
import { enrolTotp } from "#test/factors.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  nextInstant,
  type Person,
  passTime,
  password,
  person,
  visitor,
  visitorWith,
} from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { keepBrowser, knownBrowserOf } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().rateLimit.deleteMany());

const wrong = "not this one, I fear";
const user = () => person({ roles: ["user"] });
const asOwner = async () => callAs(await person({ roles: ["superadmin"] }));

/** Signs somebody in; answers what the browser keeps afterwards, and the session. */
async function enter({ username }: Person, call: Call = visitor(), secret = password) {
  const { token, browser, kind } = await runCommand(signIn, call, { identifier: username, password: secret });
  return { session: token, browser: browser ?? "", kind };
}
const reasonOf = async ({ username }: Person, call: Call, guess = wrong) =>
  (await failure(runCommand(signIn, call, { identifier: username, password: guess }))).reason;
const isKnown = async ({ id }: Person, browser: string) =>
  (await knownBrowserOf(database(), id, visitorWith(browser))) !== undefined;

describe("strangers' guesses never lock an owner out of a browser that they signed in with", () => {
  const attacks: Record<string, (turn: number) => string> = {
    "51 addresses of one line": (turn) => `2001:db8:0:1::${turn}`,
    "51 lines of many sites": (turn) => `2001:db8:${turn}::1`,
    "10 addresses, 5 guesses each": (turn) => `198.51.100.${turn % 10}`,
    "the owner's own address": () => "192.0.2.1",
  };
  test.each(Object.entries(attacks))("%s", async (_name, address) => {
    const who = await user();
    const { browser } = await enter(who);
    const told = [];
    for (let turn = 0; turn < 51; turn++) told.push(await reasonOf(who, visitor(address(turn))));
    expect(told.at(-1)).toBe("too_many_attempts");
    const lockedOut = visitor(address(50));
    expect(await reasonOf(who, lockedOut, password)).toBe("too_many_attempts");
    await onAnotherInstance(async () => {
      expect((await enter(who, visitorWith(browser))).kind).toBe("session");
    });
    // The owner's success gives whoever attacks nothing back.
    expect(await reasonOf(who, lockedOut, password)).toBe("too_many_attempts");
  });

  test("a reset link makes a new browser such a one, while the attack goes on", async () => {
    const who = await user();
    for (let turn = 0; turn < 51; turn++) await reasonOf(who, visitor(`203.0.113.${turn}`));
    const token = await database().$transaction((tx) => issueResetLink(tx, who.id, nextInstant()));
    const secret = "nine owls in the old barn";
    const { browser } = await runCommand(redeemResetLink, visitor(), { token, password: secret });
    for (let turn = 0; turn < 51; turn++) await reasonOf(who, visitor(`203.0.113.${turn}`));
    expect(await reasonOf(who, visitor("203.0.113.200"), secret)).toBe("too_many_attempts");
    expect((await enter(who, visitorWith(browser ?? ""), secret)).kind).toBe("session");
  });

  test("codes count there on their own as well", async () => {
    const who = await user();
    const { app } = await enrolTotp(who);
    const known = visitorWith(await browserOf(who));
    const guess = async (call: Call, code: string) => {
      const { session: ticket } = await enter(who, call);
      return runCommand(signInWithCode, { ...call, at: nextInstant() }, { ticket, code });
    };
    for (let turn = 0; turn < limits.code.points; turn++)
      expect((await failure(guess(visitor(), "000000"))).reason).toBe("wrong_code");
    expect((await failure(guess(visitor(), "000000"))).reason).toBe("too_many_attempts");
    passTime(60);
    expect((await guess(known, app.codeAt(nextInstant()))).kind).toBe("session");
  });
});

test("guesses in a known browser come to an end, and leave everybody else's counts alone", async () => {
  const who = await user();
  const { browser } = await enter(who);
  const told = [];
  for (let turn = 0; turn < limits.browser.points + 3; turn++)
    told.push(await reasonOf(who, { ...visitorWith(browser), address: `203.0.113.${turn}` }));
  const refused = told.filter((reason) => reason === "too_many_attempts");
  expect(refused).toHaveLength(3);
  expect((await enter(who, visitor())).kind).toBe("session");
});

test("a known browser stands for nothing: not for the password, not for the second factor, not for others", async () => {
  const [who, other] = [await user(), await user()];
  const { browser } = await enter(who);
  await enrolTotp(who);
  expect((await enter(who, visitorWith(browser))).kind).toBe("ticket");
  expect(await reasonOf(who, visitorWith(browser))).toBe("bad_credentials");
  expect((await callWith(browser)).actor).toEqual({ kind: "anonymous" });
  // To another account it is a stranger's browser.
  for (let turn = 0; turn < limits.pair.points; turn++) await reasonOf(other, visitorWith(browser));
  expect(await reasonOf(other, visitorWith(browser), password)).toBe("too_many_attempts");
});

test("one browser is known to several people, and stays the same one at the next sign-in", async () => {
  const [one, two] = [await user(), await user()];
  const first = (await enter(one)).browser;
  const second = (await enter(two, visitorWith(first))).browser;
  expect(second).not.toBe("");
  for (const who of [one, two]) expect((await enter(who, visitorWith(second, first))).browser).toBe("");
  expect(await isKnown(one, first)).toBe(true);
  expect(await isKnown(one, second)).toBe(false);
});

test("an account knows five browsers, those used last; the secrets are not kept", async () => {
  const who = await user();
  const browsers = [];
  for (let turn = 0; turn < 6; turn++) {
    browsers.push((await enter(who)).browser);
    if (turn > 0) await enter(who, visitorWith(browsers[0] ?? ""));
  }
  const known = [];
  for (const browser of browsers) known.push(await isKnown(who, browser));
  expect(known).toEqual([true, false, true, true, true, true]);
  const rows = await database().knownBrowser.findMany({ where: { userId: who.id } });
  expect(rows).toHaveLength(5);
  for (const browser of browsers) expect(JSON.stringify(rows)).not.toContain(browser);
});

test("it is forgotten 90 days after the last sign-in there", async () => {
  const who = await user();
  const { browser } = await enter(who);
  passTime(89 * 24 * 3600);
  await enter(who, visitorWith(browser));
  passTime(89 * 24 * 3600);
  expect(await isKnown(who, browser)).toBe(true);
  passTime(2 * 24 * 3600);
  expect(await isKnown(who, browser)).toBe(false);
});

async function browserOf(who: Person): Promise<string> {
  const rows = await database().knownBrowser.count({ where: { userId: who.id } });
  // Somebody with a factor is known only once it was shown; this one was known before.
  expect(rows).toBeGreaterThan(0);
  return (await database().$transaction((tx) => keepBrowser(tx, visitor(), who.id))).secret ?? "";
}

describe("what ends it", () => {
  interface Seen {
    who: Person;
    session: string;
    id: string;
  }
  const secret = "eleven grey herons in the reeds";
  const edit = (who: Person, change: object) => ({
    ...{ id: who.id, email: who.email, givenName: "", familyName: "", roles: ["user"], active: true },
    ...{ version: 1, ...change },
  });
  const ends: Record<string, (seen: Seen) => Promise<unknown>> = {
    "the account's deactivation": async ({ who }) =>
      runCommand(updateUser, await asOwner(), edit(who, { active: false })),
    "its deletion": async ({ who }) =>
      runCommand(deleteUser, await asOwner(), { id: who.id, confirm: who.username }),
    "a password reset": async ({ who }) =>
      runCommand(resetPassword, await asOwner(), { id: who.id, password: secret }),
    "a reset link": async ({ who }) => {
      const token = await database().$transaction((tx) => issueResetLink(tx, who.id, nextInstant()));
      return runCommand(redeemResetLink, visitor(), { token, password: secret });
    },
    "another password, in other browsers": async ({ who }) =>
      runCommand(changeOwnPassword, await callAs(who), { currentPassword: password, password: secret }),
    "the account taken over": ({ who }) =>
      database().$transaction((tx) => disown(tx, systemCall("test", nextInstant()), who.id)),
    "break-glass": ({ who }) =>
      runCommand(restoreAccess, systemCall("break-glass", nextInstant()), {
        name: who.username,
        roles: true,
        password: true,
      }),
    "its session ended by its user": async ({ who, id }) =>
      runCommand(endOwnSession, await callAs(who), { id }),
    "the others ended by its user": async ({ who }) => runCommand(endOwnOtherSessions, await callAs(who), {}),
    "its session ended by an administrator": async ({ id }) =>
      runCommand(endUserSession, await asOwner(), { id }),
    "all sessions of the user ended": async ({ who }) =>
      runCommand(endUserSessions, await asOwner(), { userId: who.id }),
    "all sessions ended": async () => runCommand(endAllSessions, await asOwner(), {}),
  };
  test.each(Object.entries(ends))("%s", async (_name, end) => {
    const who = await user();
    const { browser, session } = await enter(who);
    const [row] = await database().session.findMany({
      where: { userId: who.id },
      orderBy: { createdAt: "desc" },
    });
    expect(await isKnown(who, browser)).toBe(true);
    await end({ who, session, id: row?.id ?? "" });
    expect(await isKnown(who, browser)).toBe(false);
  });

  test("not: signing out, other roles, and one's own new password in the browser that changes it", async () => {
    const who = await user();
    const { browser, session } = await enter(who);
    const call = await callWith(session);
    await runCommand(changeOwnPassword, call, { currentPassword: password, password: secret });
    await runCommand(signOut, await callWith(session), {});
    const version = (await database().user.findUniqueOrThrow({ where: { id: who.id } })).version;
    await runCommand(updateUser, await asOwner(), edit(who, { roles: ["readonly"], version }));
    expect(await isKnown(who, browser)).toBe(true);
  });
});
