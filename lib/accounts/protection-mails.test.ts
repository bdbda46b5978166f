import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { restoreAccess } from "#lib/break-glass/index.ts";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { type Command, runCommand } from "#lib/kernel/operation.ts";
import { registry } from "#lib/kernel/registry.ts";
import { instantWords, placeWords } from "#lib/mail/fact-words.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import {
  addPasskey,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  resetFactors,
  startPasskey,
} from "#lib/second-factor/index.ts";
import { resetPassword, resetPasswordByLink, updateUser } from "#lib/users/index.ts";
import { enrolTotp, origin } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { openMailServer, plainText, type Received } from "#test/mail-server.ts";
import { callAs, nextInstant, type Person, password, person, visitor } from "#test/people.ts";
import { softPasskey } from "#test/soft-passkey.ts";
import { failure } from "#test/trail.ts";
import { changeOwnPassword, editOwnProfile, redeemResetLink } from "./index.ts";

let received: Received[];
beforeAll(() => openInstallation());
beforeAll(async () => {
  const mails = await openMailServer();
  received = mails.received;
  return mails.close;
});
beforeEach(async () => {
  await afterwardsDone();
  received.length = 0;
});

const secret = "seven green bottles of ink";
const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const own = async (who: Person): Promise<Call> => ({
  ...(await callAs(who)),
  origin,
  address: "198.51.100.7",
  agent: chrome,
});

// biome-ignore lint/suspicious/noExplicitAny: commands of every kind
type AnyCommand = Command<any, unknown, any>;

/** The one mail that follows a command. */
async function mailAfter(
  command: AnyCommand,
  call: Call,
  input: object,
): Promise<{ to: string[]; text: string; subject: string | undefined }> {
  await afterwardsDone();
  received.length = 0;
  await runCommand(command, call, input);
  await afterwardsDone();
  expect(received).toHaveLength(1);
  const [mail] = received;
  const text = mail ? plainText(mail) : "";
  return { to: mail?.to ?? [], text, subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() };
}

async function addKey(who: Person): Promise<string> {
  const call = await own(who);
  const { options } = await runCommand(startPasskey, call, {});
  await runCommand(addPasskey, call, { name: "Work laptop", response: softPasskey().make(options, origin) });
  return (await database().passkey.findFirstOrThrow({ where: { userId: who.id } })).id;
}

describe("what somebody does themselves is mailed to them: what, when, from where, and what to do", () => {
  test("their password, with nothing secret in the mail", async () => {
    const who = await person({ roles: ["user"] });
    const call = await own(who);
    const input = { currentPassword: password, password: secret };
    const { to, text } = await mailAfter(changeOwnPassword as AnyCommand, call, input);
    expect(to).toEqual([who.email]);
    expect(text).toContain(`Hello ${who.username},`);
    expect(text).toContain("Your password was changed.");
    expect(text).toContain(`When: ${instantWords(call.at)}`);
    expect(text).toContain(`from: ${placeWords(call)}`);
    expect(text).toMatch(/change your password/);
    expect(text).not.toMatch(/seven green|harbour|argon2/);
  });

  test("a password chosen with a link", async () => {
    const who = await person({ roles: ["user"] });
    const token = await database().$transaction((tx) => issueResetLink(tx, who.id, nextInstant()));
    const { to, text } = await mailAfter(redeemResetLink as AnyCommand, visitor("198.51.100.8"), {
      token,
      password: secret,
    });
    expect(to).toEqual([who.email]);
    expect(text).toMatch(/chosen with a reset link/);
    expect(text).toContain("198.51.100.8");
    expect(text).not.toContain(token);
  });

  test("another address: the old one hears of it; a new name alone is no news", async () => {
    const who = await person({ roles: ["user"] });
    const input = { email: "elsewhere@example.com", givenName: "Ann", familyName: "Lee", version: 1 };
    const { to, text } = await mailAfter(editOwnProfile as AnyCommand, await own(who), input);
    expect(to).toEqual([who.email]);
    expect(text).toMatch(/address on your account was changed to elsewhere@/);
    await runCommand(editOwnProfile, await own(who), { ...input, givenName: "Anna", version: 2 });
    await afterwardsDone();
    expect(received).toHaveLength(1);
  });

  test("an authenticator app, passkeys and recovery codes, none of which is in the mail", async () => {
    const who = await person({ roles: ["user"] });
    const { app, codes } = await enrolTotp(who);
    const id = await addKey(who);
    const renewed = await mailAfter(renewRecoveryCodes as AnyCommand, await own(who), {});
    expect(renewed.text).toMatch(/recovery codes were renewed/);
    const gone = await mailAfter(removePasskey as AnyCommand, await own(who), { id });
    expect(gone.text).toContain('The passkey "Work laptop" was removed');
    const off = await mailAfter(removeTotp as AnyCommand, await own(who), {});
    expect(off.text).toMatch(/authenticator app was removed/);
    for (const { text } of [renewed, gone, off])
      for (const kept of [app.secret, ...codes]) expect(text).not.toContain(kept);
  });

  test("a new factor as well", async () => {
    const who = await person({ roles: ["user"] });
    await enrolTotp(who);
    await enrolTotp(who);
    await addKey(who);
    await afterwardsDone();
    const texts = received.map(plainText).join();
    expect(received.map(({ to }) => to)).toEqual([[who.email], [who.email], [who.email]]);
    expect(texts).toMatch(/An authenticator app was set up for your account/);
    expect(texts).toMatch(/Another authenticator app was set up/);
    expect(texts).toContain('The passkey "Work laptop" was added');
  });
});

test("what an administrator does says who it was, and not where they sat", async () => {
  const who = await person({ roles: ["user"] });
  await enrolTotp(who);
  const admin = await person({ roles: ["admin"] });
  const row = await database().user.findUniqueOrThrow({ where: { id: who.id } });
  const edit = { id: who.id, email: "moved@example.com", givenName: "", familyName: "", roles: ["user"] };
  const acts: [AnyCommand, object, RegExp, string][] = [
    [resetFactors as AnyCommand, { id: who.id }, /Every second factor/, who.email],
    [resetPassword as AnyCommand, { id: who.id, password: secret }, /set another password/, who.email],
    [resetPasswordByLink as AnyCommand, { id: who.id }, /the old one is gone/, who.email],
    [updateUser as AnyCommand, { ...edit, active: true, version: row.version }, /to moved@/, who.email],
  ];
  const subjects = new Set();
  for (const [command, input, words, address] of acts) {
    const { to, text, subject } = await mailAfter(command, await own(admin), input);
    expect(to).toEqual([address]);
    expect(text).toMatch(words);
    expect(text).toContain(`by: ${admin.username}`);
    expect(text).not.toMatch(/198\.51\.100|Chrome|seven green|token=/);
    subjects.add(subject);
  }
  // Each says what happened.
  expect(subjects.size).toBe(acts.length);
});

test("access restored on the server is mailed too", async () => {
  const who = await person({ roles: ["user"] });
  const input = { name: who.username, roles: true, password: true };
  const { to, text } = await mailAfter(
    restoreAccess as AnyCommand,
    systemCall("break-glass", nextInstant()),
    input,
  );
  expect(to).toEqual([who.email]);
  expect(text).toMatch(/restored on the server: it has another password/);
  expect(text).toMatch(/by: an operator/);
});

test("a refused change is no news, and nor is one without a mail server", async () => {
  const who = await person({ roles: ["user"] });
  const wrong = { currentPassword: "not this one, I fear", password: secret };
  await failure(runCommand(changeOwnPassword, await own(who), wrong));
  const { mail } = env();
  Object.assign(registry(), { env: { ...env(), mail: undefined } });
  await runCommand(changeOwnPassword, await own(who), { ...wrong, currentPassword: password });
  Object.assign(registry(), { env: { ...env(), mail } });
  await afterwardsDone();
  expect(received).toEqual([]);
});

describe("a mail server that does not answer", () => {
  const { mail } = env();
  afterAll(() => void Object.assign(registry(), { env: { ...env(), mail } }));

  test("fails no change, and nobody waits for it", async () => {
    registry().slots.delete("mail transport");
    const nowhere = { server: "smtp://127.0.0.1:9", from: "console@example.com" };
    Object.assign(registry(), { env: { ...env(), mail: nowhere } });
    const who = await person({ roles: ["user"] });
    const input = { currentPassword: password, password: secret };
    await runCommand(changeOwnPassword, await own(who), input);
    await afterwardsDone();
    expect(received).toEqual([]);
    const done = { action: "change own password", outcome: "done", actorId: who.id };
    expect(await database().auditEvent.count({ where: done })).toBe(1);
  });
});
