import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { authenticatorApp, enrolTotp } from "#test/factors.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { callAs, passTime, person, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { removeTotp } from "./remove-totp.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import { spendTotpCode } from "./spend-totp-code.ts";
import { startTotp } from "./start-totp.ts";
import { viewOwnFactors, viewPendingTotp } from "./view-own-factors.ts";

beforeAll(() => openInstallation());

const user = () => person({ roles: ["user"] });
const spend = (id: string, code: string, at: Date) =>
  database().$transaction((tx) => spendTotpCode(tx, id, code, at));

test("P54: an authenticator app is set up with a code of its own, and brings ten recovery codes", async () => {
  const who = await user();
  const { app, codes } = await enrolTotp(who);
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{6}(-[0-9a-hjkmnp-tv-z]{6}){3}$/);
  expect(await lastEvent()).toMatchObject({
    action: "set up authenticator app",
    outcome: "done",
    targetId: who.id,
    after: { authenticatorApp: true, replaced: false, recoveryCodes: 10 },
  });
  const shown = await runQuery(viewOwnFactors, await callAs(who), {});
  expect(shown).toMatchObject({ recoveryCodes: 10, passkeys: [], mustEnrol: false });
  expect(shown.totp).not.toBeNull();
  const stored = JSON.stringify([
    await database().auditEvent.findMany({ where: { targetId: who.id } }),
    await database().totp.findMany(),
    (await database().recoveryCode.findMany()).map(({ hash }) => Buffer.from(hash).toString("utf8")),
  ]);
  for (const secret of [app.secret, ...codes]) expect(stored).not.toContain(secret);
});

test("a wrong code turns nothing on and is said beside the field; the QR code stays good", async () => {
  const who = await user();
  const call = await callAs(who);
  await runCommand(startTotp, call, {});
  const pending = await runQuery(viewPendingTotp, call, {});
  const app = authenticatorApp(pending?.secret ?? "");
  const wrong = app.codeAt(new Date(call.at.getTime() + 3_600_000));
  const { fields } = await refused(
    confirmTotp,
    call,
    { code: wrong },
    { code: "invalid", reason: "wrong_code" },
  );
  expect(fields).toEqual({ code: [expect.stringMatching(/shows now/)] });
  for (const code of ["", "12345", "abcdef", undefined])
    expect((await failure(runCommand(confirmTotp, call, { code }))).fields).toHaveProperty("code");
  const code = app.codeAt(call.at);
  await runCommand(confirmTotp, call, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
});

test("after a quarter of an hour, or once used, the QR code is over", async () => {
  const who = await user();
  const call = await callAs(who);
  const over = { code: "conflict", reason: "enrolment_expired" } as const;
  await runCommand(startTotp, call, {});
  const { secret = "" } = (await runQuery(viewPendingTotp, call, {})) ?? {};
  const app = authenticatorApp(secret);
  passTime(15 * 60);
  const late = { ...call, at: visitor().at };
  await refused(confirmTotp, late, { code: app.codeAt(late.at) }, over);
  await runCommand(confirmTotp, call, { code: app.codeAt(call.at) });
  const again = { ...call, at: visitor().at };
  await refused(confirmTotp, again, { code: app.codeAt(again.at) }, over);
});

test("a new app replaces the old one only with its first code; recovery codes stay", async () => {
  const who = await user();
  const old = await enrolTotp(who);
  passTime(60);
  const call = await callAs(who);
  await runCommand(startTotp, call, {});
  expect(await spend(who.id, old.app.codeAt(call.at), call.at)).toBe(true);
  const { secret = "" } = (await runQuery(viewPendingTotp, call, {})) ?? {};
  expect(secret).not.toBe(old.app.secret);
  const { codes } = await runCommand(confirmTotp, call, { code: authenticatorApp(secret).codeAt(call.at) });
  expect(codes).toEqual([]);
  passTime(60);
  const later = visitor().at;
  expect(await spend(who.id, old.app.codeAt(later), later)).toBe(false);
  expect(await spend(who.id, authenticatorApp(secret).codeAt(later), later)).toBe(true);
});

test("a code works once: not for what confirmed it, not again, not after a newer one, not after a restart", async () => {
  const who = await user();
  const { app, at } = await enrolTotp(who);
  expect(await spend(who.id, app.codeAt(at), at)).toBe(false);
  passTime(90);
  const later = visitor().at;
  const before = new Date(later.getTime() - 30_000);
  expect(await spend(who.id, app.codeAt(later), later)).toBe(true);
  expect(await spend(who.id, app.codeAt(later), later)).toBe(false);
  expect(await spend(who.id, app.codeAt(before), later)).toBe(false);
  await database().$disconnect();
  pointAt();
  expect(await spend(who.id, app.codeAt(later), later)).toBe(false);
});

test("of a hundred at once with the same code one gets through", async () => {
  const who = await user();
  const { app } = await enrolTotp(who);
  passTime(60);
  const later = visitor().at;
  const tries = Array.from({ length: 100 }, () => spend(who.id, app.codeAt(later), later));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
});

test("a secret that was copied to somebody else's row opens nothing there", async () => {
  const [jane, eve] = [await user(), await user()];
  const hers = await enrolTotp(jane);
  await enrolTotp(eve);
  const { secret } = await database().totp.findUniqueOrThrow({ where: { userId: jane.id } });
  await database().totp.update({ where: { userId: eve.id }, data: { secret, lastStep: 0 } });
  expect(await spend(eve.id, hers.app.codeAt(hers.at), hers.at)).toBe(false);
});

test("without the app there are no recovery codes and no remembered browsers either", async () => {
  const who = await user();
  await enrolTotp(who);
  const call = await callAs(who);
  await runCommand(removeTotp, call, {});
  expect(await lastEvent()).toMatchObject({ action: "remove authenticator app", targetId: who.id });
  const then = await callAs(who);
  expect(await database().recoveryCode.count({ where: { userId: who.id } })).toBe(0);
  await refused(removeTotp, then, {}, { code: "not_found", reason: "no_totp" });
  const next = await callAs(who);
  await refused(renewRecoveryCodes, next, {}, { code: "conflict", reason: "no_factor" });
});

test("all of it is for who is signed in, and needs a recent proof", async () => {
  const who = await user();
  await enrolTotp(who);
  const call = await callAs(who);
  const commands = [startTotp, confirmTotp, removeTotp, renewRecoveryCodes];
  passTime(31 * 60);
  for (const command of commands) {
    const old = { ...call, at: visitor().at };
    await refused(command, old, { code: "123456" }, { code: "forbidden", reason: "proof_required" });
    const nobody = { code: "unauthenticated", reason: "sign_in_required" } as const;
    await refused(command, visitor(), { code: "123456" }, nobody);
  }
});
