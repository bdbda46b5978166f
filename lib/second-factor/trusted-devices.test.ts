import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signOut } from "#lib/sessions/index.ts";
import { signIn, signInWithCode } from "#lib/sign-in/index.ts";
import { deleteUser, resetPassword, updateUser } from "#lib/users/index.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  type Person,
  passTime,
  password,
  person,
  visitor,
  visitorWith,
} from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { forgetAllDevices, forgetDevice } from "./forget-device.ts";
import { removeTotp } from "./remove-totp.ts";
import { resetFactors } from "./reset-factors.ts";
import { viewOwnFactors } from "./view-own-factors.ts";

beforeAll(() => openInstallation());

const day = 24 * 60 * 60;

/** Somebody who signed in with a code and had this browser remembered. */
async function remembered(roles = ["user"]) {
  const who = await person({ roles });
  const { app, codes } = await enrolTotp(who);
  passTime(60);
  const { device, session } = await rememberWith(who, codes[0] ?? "");
  return { who, app, codes, device, session };
}

async function rememberWith(who: Person, code: string) {
  const { token: ticket } = await runCommand(signIn, visitor(), { identifier: who.username, password });
  const done = await runCommand(signInWithCode, visitor(), { ticket, code, remember: true });
  return { device: done.browser ?? "", session: done.token };
}

/** What the password alone leads to on a browser that keeps this. */
async function leadsTo({ username }: Person, device: string, secret = password) {
  return (await runCommand(signIn, visitorWith(device), { identifier: username, password: secret })).kind;
}
const asSuperadmin = async () => callAs(await person({ roles: ["superadmin"] }));
const edit = (who: Person, change: object) => ({
  ...who,
  givenName: "",
  familyName: "",
  roles: ["user"],
  active: true,
  ...change,
});

describe('P54: "remember this device"', () => {
  test("the password is enough there from then on, and the session says why", async () => {
    const { who, device } = await remembered();
    const call = visitorWith(device);
    const done = await runCommand(signIn, call, { identifier: who.username, password });
    expect(await lastEvent()).toMatchObject({ after: { method: "password", factor: "trusted_device" } });
    expect((await callWith(done.token)).actor).toMatchObject({ id: who.id });
    const [row] = await database().knownBrowser.findMany({
      where: { userId: who.id, trustedAt: { not: null } },
    });
    expect(row?.lastUsedAt).toEqual(call.at);
    expect(JSON.stringify(row)).not.toContain(device);
  });

  test("on no other browser, for nobody else, and never without the password", async () => {
    const [jane, eve] = [await remembered(), await remembered()];
    for (const other of ["", "a".repeat(43), eve.device])
      expect(await leadsTo(jane.who, other)).toBe("ticket");
    await expect(leadsTo(jane.who, jane.device, "not this one, I fear")).rejects.toThrow(
      /Invalid credentials/,
    );
  });

  test("not without being asked for", async () => {
    const who = await person({ roles: ["user"] });
    const { codes } = await enrolTotp(who);
    const { token: ticket } = await runCommand(signIn, visitor(), { identifier: who.username, password });
    const done = await runCommand(signInWithCode, visitor(), { ticket, code: codes[0] });
    expect(await leadsTo(who, done.browser ?? "")).toBe("ticket");
    expect(await database().knownBrowser.count({ where: { userId: who.id, trustedAt: { not: null } } })).toBe(
      0,
    );
  });

  test("for as many days as Settings > Security says, a shorter time that is set later included", async () => {
    const { who, device } = await remembered();
    passTime(29 * day);
    expect(await leadsTo(who, device)).toBe("session");
    const row = { key: "security", value: { trustedDeviceDays: 7 }, updatedAt: new Date() };
    await database().setting.upsert({ where: { key: row.key }, create: row, update: row });
    expect(await leadsTo(who, device)).toBe("ticket");
    await database().setting.delete({ where: { key: "security" } });
    passTime(day);
    expect(await leadsTo(who, device)).toBe("ticket");
  });

  test("the list shows browser, address and times; one or all are revoked, and only one's own", async () => {
    const { who, device, codes } = await remembered();
    await rememberWith(who, codes[1] ?? "");
    const own = { ...(await callAs(who)), browsers: [device] };
    const { devices } = await runQuery(viewOwnFactors, own, {});
    expect(devices).toHaveLength(2);
    const here = devices.find((row) => row.here);
    expect(here).toMatchObject({ agent: "a browser", address: "192.0.2.1" });
    const stranger = await callAs(await person({ roles: ["superadmin"] }));
    const gone = { code: "not_found", reason: "no_device" } as const;
    await refused(forgetDevice, stranger, { id: here?.id }, gone);
    expect(await leadsTo(who, device)).toBe("session");
    const call = await callAs(who);
    await runCommand(forgetDevice, call, { id: here?.id });
    expect(await lastEvent()).toMatchObject({
      action: "revoke trusted device",
      before: { agent: "a browser" },
    });
    expect(await leadsTo(who, device)).toBe("ticket");
    expect(await runCommand(forgetAllDevices, await callAs(who), {})).toEqual({ count: 1 });
  });
});

describe("what ends it", () => {
  test("P33: a password reset by an administrator ends sessions and trusted devices", async () => {
    const { who, device, session } = await remembered();
    const secret = "eleven grey herons in the reeds";
    await runCommand(resetPassword, await asSuperadmin(), { id: who.id, password: secret });
    expect((await callWith(session)).actor).toEqual({ kind: "anonymous" });
    expect(await leadsTo(who, device, secret)).toBe("ticket");
    await expect(leadsTo(who, device)).rejects.toThrow(/Invalid credentials/);
  });

  test("P35, P37: deactivation does, and it stays revoked when the account is active again", async () => {
    const { who, device } = await remembered();
    const admin = await asSuperadmin();
    await runCommand(updateUser, admin, edit(who, { active: false, version: 1 }));
    expect((await failure(leadsTo(who, device))).reason).toBe("bad_credentials");
    await runCommand(updateUser, admin, edit(who, { active: true, version: 2 }));
    expect(await leadsTo(who, device)).toBe("ticket");
  });

  test("P38: deletion takes devices, codes and app along", async () => {
    const { who } = await remembered();
    await runCommand(deleteUser, await asSuperadmin(), { id: who.id, confirm: who.username });
    const where = { userId: who.id };
    expect(await database().knownBrowser.count({ where })).toBe(0);
    expect(await database().totp.count({ where })).toBe(0);
    expect(await database().recoveryCode.count({ where })).toBe(0);
  });

  test("a reset of the second factor does", async () => {
    const { who, device } = await remembered();
    await runCommand(resetFactors, await asSuperadmin(), { id: who.id });
    await enrolTotp(who);
    expect(await leadsTo(who, device)).toBe("ticket");
  });

  test("the end of the last factor does", async () => {
    const { who, device } = await remembered();
    await runCommand(removeTotp, await callAs(who), {});
    passTime(60);
    await enrolTotp(who);
    expect(await leadsTo(who, device)).toBe("ticket");
  });

  test("signing out and other roles do not; a changed app neither", async () => {
    const { who, device, session } = await remembered();
    await runCommand(signOut, await callWith(session), {});
    expect(await leadsTo(who, device)).toBe("session");
    await runCommand(updateUser, await asSuperadmin(), edit(who, { roles: ["readonly"], version: 1 }));
    expect(await leadsTo(who, device)).toBe("session");
    await database().totp.deleteMany({ where: { userId: who.id } });
    await enrolTotp(who);
    expect(confirmTotp).toBeDefined();
    expect(await leadsTo(who, device)).toBe("session");
  });
});

test("the owner on a remembered browser is not locked out by somebody else's guesses", async () => {
  const { who, device } = await remembered();
  const bad = { identifier: who.username, password: "not this one, I fear" };
  for (let turn = 0; turn < 55; turn++) await failure(runCommand(signIn, visitor(`203.0.113.${turn}`), bad));
  // Guesses from the owner's own address, too: a neighbour behind the same router.
  for (let turn = 0; turn < 6; turn++) await failure(runCommand(signIn, visitor(), bad));
  const good = { identifier: who.username, password };
  expect((await failure(runCommand(signIn, visitor(), good))).reason).toBe("too_many_attempts");
  expect(await leadsTo(who, device)).toBe("session");
});

test("whoever has the browser as well is counted there", async () => {
  const { who, device } = await remembered();
  const reasons = [];
  for (let turn = 0; turn < 12; turn++) {
    const call = { ...visitorWith(device), address: `203.0.113.${turn}` };
    const bad = { identifier: who.username, password: "not this one, I fear" };
    reasons.push((await failure(runCommand(signIn, call, bad))).reason);
  }
  expect(reasons).toEqual([...Array(10).fill("bad_credentials"), ...Array(2).fill("too_many_attempts")]);
});
