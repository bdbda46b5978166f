import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  askResetLink,
  checkResetLink,
  mailResetLink,
  redeemResetLink,
  resetLinksOffered,
} from "#lib/accounts/index.ts";
import { openLocalSignIn } from "#lib/break-glass/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { issueSetupToken, setUp } from "#lib/setup/index.ts";
import { registrationOpen, signUp } from "#lib/sign-up/index.ts";
import { sayInEnvironment } from "#test/environment.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, nextInstant, type Person, passTime, password, person, visitor } from "#test/people.ts";
import { refused } from "#test/trail.ts";
import {
  askForPasskey,
  askToConfirm,
  confirmIdentity,
  confirmWithCode,
  confirmWithPasskey,
  signIn,
  signInWithCode,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
  waysToConfirm,
} from "./index.ts";

const off = { code: "forbidden", reason: "local_sign_in_off" } as const;
const key = "single sign-on";
/** The shape of a passkey's answer; what is in it is never looked at. */
const shown = JSON.stringify({
  ...{ id: "AAAA", rawId: "AAAA", type: "public-key", clientExtensionResults: {} },
  response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
});
const store = (disableLocalSignIn: boolean) => {
  const row = { value: { disableLocalSignIn }, updatedAt: new Date() };
  return database().setting.upsert({ where: { key }, create: { key, ...row }, update: row });
};
afterEach(() => sayInEnvironment());

describe.each([
  ["in the settings", () => store(true), () => store(false)],
  [
    "in the environment",
    async () => sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "true" }),
    async () => sayInEnvironment(),
  ],
])("local sign-in that is off %s", (_where, switchOff, switchOn) => {
  let jane: Person;
  beforeAll(async () => {
    const close = await openInstallation();
    jane = await person({ roles: ["superadmin"] });
    const registration = { enabled: true, role: "user" };
    await database().setting.create({
      data: { key: "registration", value: registration, updatedAt: new Date() },
    });
    return close;
  });
  beforeEach(() => database().rateLimit.deleteMany());

  test("a password opens nothing, right or wrong, of whoever; on again it does", async () => {
    await switchOff();
    for (const [identifier, tried] of [
      [jane.username, password],
      [jane.username, "wrong"],
      ["nobody", password],
    ])
      await refused(signIn, visitor(), { identifier, password: tried }, off);
    await switchOn();
    expect(await runCommand(signIn, visitor(), { identifier: jane.username, password })).toMatchObject({
      kind: "session",
    });
  });

  test("neither does the second step, of a password that was given while it was on", async () => {
    const tom = await person({ roles: ["user"] });
    const { app } = await enrolTotp(tom);
    const { token } = await runCommand(signIn, visitor(), { identifier: tom.username, password });
    const call = visitor();
    await switchOff();
    await refused(signInWithCode, call, { ticket: token, code: app.codeAt(call.at) }, off);
    for (const command of [signInWithPasswordAndPasskey, signInWithPasskey] as const)
      await refused(command as typeof signInWithPasskey, visitor(), { ticket: token, response: shown }, off);
    await refused(askForPasskey, visitor(), {}, off);
    await switchOn();
    passTime(60);
    const later = visitor();
    expect(
      await runCommand(signInWithCode, later, { ticket: token, code: app.codeAt(later.at) }),
    ).toMatchObject({ kind: "session" });
  });

  test("nobody gets or uses a reset link", async () => {
    const link = await database().$transaction((tx) => issueResetLink(tx, jane.id, nextInstant()));
    await switchOff();
    expect(await runQuery(resetLinksOffered, visitor(), {})).toBe(false);
    expect(await runQuery(checkResetLink, visitor(), { token: link })).toBeUndefined();
    await refused(askResetLink, visitor(), { identifier: jane.username }, off);
    await refused(
      mailResetLink,
      systemCall("password reset", nextInstant()),
      { identifier: jane.username },
      off,
    );
    await refused(redeemResetLink, visitor(), { token: link, password: "another long walk home" }, off);
    await switchOn();
    expect(await runQuery(checkResetLink, visitor(), { token: link })).toBeDefined();
  });

  test("nobody signs up", async () => {
    const newcomer = {
      username: "newcomer",
      email: "newcomer@example.com",
      givenName: "",
      familyName: "",
      password,
    };
    await switchOff();
    expect(await runQuery(registrationOpen, visitor(), {})).toBe(false);
    await refused(signUp, visitor(), newcomer, { code: "forbidden", reason: "sign_up_off" });
    await switchOn();
    expect(await runQuery(registrationOpen, visitor(), {})).toBe(true);
    await runCommand(signUp, visitor(), newcomer);
    await database().user.deleteMany({ where: { username: "newcomer" } });
  });

  test("nobody confirms who they are with what signs nobody in", async () => {
    const ann = await person({ roles: ["admin"] });
    const { app } = await enrolTotp(ann);
    const call = await callAs(ann);
    await switchOff();
    expect(await runQuery(waysToConfirm, call, {})).toEqual({
      password: false,
      passkey: false,
      code: false,
      providers: [],
    });
    await refused(confirmIdentity, call, { password }, off);
    await refused(confirmWithCode, call, { code: app.codeAt(call.at) }, off);
    await refused(askToConfirm, call, {}, off);
    await refused(confirmWithPasskey, call, { response: shown }, off);
    await switchOn();
    expect(await runQuery(waysToConfirm, call, {})).toMatchObject({ password: true, code: true });
    await runCommand(confirmIdentity, call, { password });
  });

  test("break-glass opens what is stored, and says when the environment holds it shut", async () => {
    await store(true);
    await switchOff();
    const call = systemCall("break-glass", nextInstant());
    const { open, byEnvironment } = await runCommand(openLocalSignIn, call, {});
    expect(open).toBe(!byEnvironment);
    expect((await database().setting.findUniqueOrThrow({ where: { key } })).value).toMatchObject({
      disableLocalSignIn: false,
    });
    const row = await database().auditEvent.findFirstOrThrow({
      where: { action: "open local sign-in" },
      orderBy: { at: "desc" },
    });
    expect(row).toMatchObject({
      actorName: "break-glass",
      before: { localSignIn: false },
      after: { localSignIn: open },
    });
    sayInEnvironment();
    expect(await runCommand(signIn, visitor(), { identifier: jane.username, password })).toMatchObject({
      kind: "session",
    });
  });
});

test("with the environment against it the set-up link makes no account", async () => {
  const close = await openInstallation();
  const token = (await issueSetupToken()) ?? "";
  const owner = {
    username: "owner",
    email: "owner@example.com",
    givenName: "",
    familyName: "",
    password,
    token,
  };
  sayInEnvironment({ OIDC_DISABLE_LOCAL_AUTH: "true" });
  await refused(setUp, visitor(), owner, off);
  sayInEnvironment();
  await runCommand(setUp, visitor(), owner);
  await close();
});
