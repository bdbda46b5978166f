import { beforeAll, beforeEach, expect, test } from "vitest";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { registry } from "#lib/kernel/registry.ts";
import { resetPassword } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { openMailServer, plainText, type Received } from "#test/mail-server.ts";
import { callAs, type Person, passTime, password, person, visitor } from "#test/people.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import {
  cancelNewAddress,
  changeOwnPassword,
  checkNewAddress,
  confirmNewAddress,
  editOwnProfile,
  viewOwnProfile,
} from "./index.ts";

let received: Received[];
beforeAll(() => openInstallation());
beforeAll(async () => {
  const mails = await openMailServer();
  received = mails.received;
  Object.assign(registry(), { env: { ...env(), publicUrl: "https://console.example.com" } });
  return mails.close;
});
beforeEach(async () => {
  await afterwardsDone();
  received.length = 0;
  await database().rateLimit.deleteMany();
});

const user = () => person({ roles: ["user"] });
const rowOf = ({ id }: Person) => database().user.findUniqueOrThrow({ where: { id } });
let count = 0;
const fresh = () => `fresh${++count}@example.com`;

/** Gives an address; answers what was answered, and the mails by who got them. */
async function give(who: Person, email: string) {
  received.length = 0;
  const { version } = await rowOf(who);
  const input = { email, givenName: "Ann", familyName: "", version };
  const result = await runCommand(editOwnProfile, await callAs(who), input);
  await afterwardsDone();
  return { result, mails: new Map(received.map((mail) => [mail.to[0], plainText(mail)])) };
}
const tokenIn = (text = "") => /new-address\?token=([\w-]{43})/.exec(text)?.[1] ?? "";
const confirm = (token: string) => runCommand(confirmNewAddress, visitor(), { token });
const over = { code: "forbidden", reason: "bad_address_link" } as const;

test("a new address holds once the link sent to it was used; names are saved at once", async () => {
  const [who, email] = [await user(), fresh()];
  const { mails } = await give(who, email);
  expect(await rowOf(who)).toMatchObject({ email: who.email, givenName: "Ann", emailUnproven: false });
  expect(await runQuery(viewOwnProfile, await callAs(who), {})).toMatchObject({ waiting: { email } });
  expect([...mails.keys()].sort()).toEqual([email, who.email].sort());
  const token = tokenIn(mails.get(email));
  expect(mails.get(who.email)).not.toContain(token);
  expect(await runQuery(checkNewAddress, visitor(), { token })).toEqual({ username: who.username, email });

  received.length = 0;
  expect(await confirm(token)).toEqual({ username: who.username, email });
  expect(await rowOf(who)).toMatchObject({ email, emailUnproven: false });
  expect(await lastEvent()).toMatchObject({
    targetId: who.id,
    before: { email: who.email },
    after: { email },
  });
  expect(JSON.stringify(await database().auditEvent.findMany())).not.toContain(token);
  await afterwardsDone();
  expect(received.map(({ to }) => to[0])).toEqual([who.email]);
  await refused(confirmNewAddress, visitor(), { token }, over);
  expect(await runQuery(viewOwnProfile, await callAs(who), {})).toMatchObject({ waiting: undefined });
});

test("wrong, replaced, taken back, too old and void after another password: one answer", async () => {
  const who = await user();
  const replaced = tokenIn((await give(who, fresh())).mails.values().next().value);
  const first = fresh();
  const given = await give(who, first);
  await runCommand(cancelNewAddress, await callAs(who), {});
  const gone = { code: "not_found", reason: "no_new_address" } as const;
  await refused(cancelNewAddress, await callAs(who), {}, gone);
  const third = fresh();
  const beforePassword = tokenIn((await give(who, third)).mails.get(third));
  const secret = "seven green bottles of ink";
  await runCommand(changeOwnPassword, await callAs(who), { currentPassword: password, password: secret });
  const fourth = fresh();
  const beforeReset = tokenIn((await give(who, fourth)).mails.get(fourth));
  const admin = await callAs(await person({ roles: ["superadmin"] }));
  await runCommand(resetPassword, admin, { id: who.id, password: "nine owls in the old barn" });
  const tokens = ["", "nonsense", replaced, tokenIn(given.mails.get(first)), beforePassword, beforeReset];
  for (const token of tokens) await refused(confirmNewAddress, visitor(), { token }, over);
  const fifth = fresh();
  const old = tokenIn((await give(who, fifth)).mails.get(fifth));
  passTime(24 * 60 * 60);
  await refused(confirmNewAddress, visitor(), { token: old }, over);
  expect((await rowOf(who)).email).toBe(who.email);
});

test("somebody else's address is answered like a free one, and only its owner hears the difference", async () => {
  const [who, other] = [await user(), await user()];
  const free = await give(who, fresh());
  const theirs = other.email.replace(/^p/, "P");
  const taken = await give(who, theirs);
  const shape = (result: object) => Object.keys(result).sort();
  expect(shape(taken.result)).toEqual(shape(free.result));
  const seen = await runQuery(viewOwnProfile, await callAs(who), {});
  expect(seen.waiting?.email).toBe(theirs);
  const mail = taken.mails.get(theirs);
  expect(mail).toBeDefined();
  expect(tokenIn(mail)).toBe("");
  expect((await rowOf(who)).email).toBe(who.email);
});

test("an address that became another's before it was confirmed stays theirs", async () => {
  const [who, email] = [await user(), fresh()];
  const token = tokenIn((await give(who, email)).mails.get(email));
  await person({ roles: ["user"], email });
  expect(await failure(confirm(token))).toMatchObject({ code: "conflict", reason: "taken" });
  expect((await rowOf(who)).email).toBe(who.email);
});

test("the old address hears nothing when nobody ever proved it; nor do strangers more than three times an hour", async () => {
  const who = await user();
  await database().user.update({ where: { id: who.id }, data: { emailUnproven: true } });
  const stranger = fresh();
  let mails = 0;
  for (let turn = 0; turn < limits.ownAddress.points; turn++) {
    const sent = (await give(who, stranger)).mails;
    expect(sent.has(who.email)).toBe(false);
    mails += sent.size;
  }
  expect(mails).toBe(limits.mailStranger.points);
  expect(await failure(give(who, stranger))).toMatchObject({ code: "rate_limited" });
  const { version } = await rowOf(who);
  const names = { email: who.email, givenName: "Anna", familyName: "", version };
  await runCommand(editOwnProfile, await callAs(who), names);
});

test("while a provider gives the roles a link is worth nothing", async () => {
  const [who, email] = [await user(), fresh()];
  const token = tokenIn((await give(who, email)).mails.get(email));
  await storeProvider({ syncRoles: true });
  await refused(confirmNewAddress, visitor(), { token }, over);
  await noProviders();
  await confirm(token);
});

test("without a mail server it holds at once, stays unproven, and is tried five times a day at most", async () => {
  const { mail } = env();
  Object.assign(registry(), { env: { ...env(), mail: undefined } });
  const [who, other] = [await user(), await user()];
  const email = fresh();
  await give(who, email);
  expect(await rowOf(who)).toMatchObject({ email, emailUnproven: true });
  const reasons = [];
  for (let turn = 1; turn <= limits.ownAddress.points; turn++)
    reasons.push((await failure(give(who, other.email))).reason);
  expect(reasons).toEqual([...Array(limits.ownAddress.points - 1).fill("taken"), "too_many_attempts"]);
  Object.assign(registry(), { env: { ...env(), mail } });
});
