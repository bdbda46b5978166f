import { beforeAll, beforeEach, expect, test } from "vitest";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { registry } from "#lib/kernel/registry.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { openMailServer, plainText, type Received } from "#test/mail-server.ts";
import { callAs, passTime, person, rolesOf, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { askSignUpLink, checkSignUpLink, signUp } from "./index.ts";

let received: Received[];
beforeAll(() => openInstallation());
beforeAll(async () => {
  const mails = await openMailServer();
  received = mails.received;
  Object.assign(registry(), { env: { ...env(), publicUrl: "https://console.example.com" } });
  return mails.close;
});
const turn = async (enabled: boolean) =>
  runCommand(saveRegistration, await callAs(await person({ roles: ["superadmin"] })), {
    enabled,
    role: "user",
  });
beforeEach(async () => {
  await turn(true);
  await afterwardsDone();
  received.length = 0;
  await database().rateLimit.deleteMany();
});

const secret = "seven green bottles of ink";
let count = 0;
const newcomer = () => {
  const username = `byMail${++count}`;
  return { username, email: `${username.toLowerCase()}@example.com`, password: secret };
};
const off = { code: "forbidden", reason: "sign_up_off" } as const;
const bad = { code: "forbidden", reason: "bad_sign_up_link" } as const;

/** Asks for a link; answers the one mail that followed, or undefined. */
async function ask(email: string) {
  received.length = 0;
  expect(await runCommand(askSignUpLink, visitor(`198.51.100.${++count % 250}`), { email })).toBeNull();
  await afterwardsDone();
  const [mail, ...more] = received;
  expect(more).toEqual([]);
  return mail && { to: mail.to, text: plainText(mail) };
}
const linkFor = async (email: string) =>
  /sign-up\?token=([\w-]+)/.exec((await ask(email))?.text ?? "")?.[1] ?? "";
const step = (token: string) => runQuery(checkSignUpLink, visitor(), { token });

test("the account comes to be behind the link, with an address that is proven, and the default role alone", async () => {
  const input = newcomer();
  const token = await linkFor(input.email);
  expect(await database().user.count({ where: { email: input.email } })).toBe(0);
  expect(await step(token)).toEqual({ step: "account", email: input.email });
  const { id } = await runCommand(signUp, visitor(), { ...input, token, role: "superadmin" });
  expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ emailUnproven: false });
  expect(await rolesOf({ id })).toEqual(["user"]);
  expect(JSON.stringify(await lastEvent())).not.toMatch(/argon2|seven green|token/);
  await runCommand(signIn, visitor(), { identifier: input.email, password: secret });
});

test("asking stores nothing but its row in the trail, which does not have the link", async () => {
  const before = await database().oneTimeToken.count();
  const token = await linkFor(newcomer().email);
  expect(token).not.toBe("");
  expect(await database().oneTimeToken.count()).toBe(before);
  expect(JSON.stringify(await database().auditEvent.findMany())).not.toContain(token);
});

test("the owner of a taken address is told by mail, and gets no link to sign up", async () => {
  const owner = await person({ roles: ["user"] });
  const mail = await ask(owner.email.toUpperCase());
  expect(mail?.to).toEqual([owner.email]);
  expect(mail?.text).toContain(owner.username);
  expect(mail?.text).toContain("https://console.example.com/sign-in");
  expect(mail?.text).not.toContain("token=");
});

test("nobody reads more of these mails than a few an hour, taken or free", async () => {
  const owner = await person({ roles: ["user"] });
  for (const email of [owner.email, newcomer().email]) {
    const sent = [];
    for (let turn = 0; turn < limits.mailStranger.points + 2; turn++) sent.push(await ask(email));
    expect(sent.filter(Boolean)).toHaveLength(limits.mailStranger.points);
  }
});

test("without a link, with another's, with a changed one and with one of another day nobody gets in", async () => {
  const [mine, other] = [newcomer(), newcomer()];
  const token = await linkFor(mine.email);
  const changed = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
  for (const wrong of ["", "%", token.slice(1), changed])
    await refused(signUp, visitor(), { ...mine, token: wrong }, bad);
  await refused(signUp, visitor(), { ...other, token }, bad);
  expect(await step(changed)).toEqual({ step: "dead_link" });
  passTime(24 * 60 * 60);
  await refused(signUp, visitor(), { ...mine, token }, bad);
  expect(await step(token)).toEqual({ step: "dead_link" });
  expect(await database().user.count({ where: { email: { in: [mine.email, other.email] } } })).toBe(0);
});

test("a link works once, and a stranger's asking takes none away; a weak password uses none up", async () => {
  const input = newcomer();
  const first = await linkFor(input.email);
  const second = await linkFor(input.email);
  await refused(
    signUp,
    visitor(),
    { ...input, password: "weak", token: first },
    { code: "invalid", reason: "weak_password" },
  );
  await runCommand(signUp, visitor(), { ...input, token: first });
  expect([await step(first), await step(second)]).toEqual([{ step: "dead_link" }, { step: "dead_link" }]);
  const again = { ...newcomer(), email: input.email, token: second };
  await refused(signUp, visitor(), again, { code: "conflict", reason: "taken" });
});

test("a good link is not kept from being used by guesses at the same address", async () => {
  const input = newcomer();
  const token = await linkFor(input.email);
  for (let guess = 0; guess < limits.useLink.points; guess++)
    await refused(signUp, visitor("203.0.113.9"), { ...input, token: `guess${guess}` }, bad);
  const tooMany = { code: "rate_limited", reason: "too_many_attempts" } as const;
  await refused(signUp, visitor("203.0.113.9"), { ...input, token: "one more" }, tooMany);
  await runCommand(signUp, visitor("203.0.113.9"), { ...input, token });
});

test("P27: with self-registration off neither asking nor a link that was sent before leads anywhere", async () => {
  const input = newcomer();
  const token = await linkFor(input.email);
  await turn(false);
  await refused(askSignUpLink, visitor(), { email: input.email }, off);
  await refused(signUp, visitor(), { ...input, token }, off);
  expect(await step(token)).toEqual({ step: "closed" });
});

test("without a mail server there is no link to ask for, and a sign-up holds at once, unproven", async () => {
  const { mail } = env();
  Object.assign(registry(), { env: { ...env(), mail: undefined } });
  const input = newcomer();
  const none = { code: "forbidden", reason: "no_mail" } as const;
  await refused(askSignUpLink, visitor(), { email: input.email }, none);
  expect(await step("")).toEqual({ step: "account", email: undefined });
  const { id } = await runCommand(signUp, visitor("198.51.100.251"), input);
  expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ emailUnproven: true });
  Object.assign(registry(), { env: { ...env(), mail } });
});
