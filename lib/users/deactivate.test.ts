import { beforeAll, describe, expect, test } from "vitest";
import { redeemResetLink } from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, password, person, visitor, visitorWith } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { noWayLeft, waysIn, waysLeft } from "#test/ways-in.ts";
import { updateUser } from "./index.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
const nobody = { kind: "anonymous" };
const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const enter = (identifier: string, secretWord: string) =>
  runCommand(signIn, visitor(), { identifier, password: secretWord });

describe("deactivating", () => {
  const names = { givenName: "", familyName: "", roles: ["user"] };

  test("P35: ends sessions, trusted devices and links at once, and keeps record, history and trail", async () => {
    const user = await person({ roles: ["user"] });
    const before = await waysIn(user);
    const rows = await database().session.count({ where: { userId: user.id } });
    await runCommand(updateUser, await asAdmin(), { ...user, ...names, active: false, version: 1 });
    for (const token of before.sessions) expect((await callWith(token)).actor).toEqual(nobody);
    expect(await waysLeft(user)).toEqual(noWayLeft);
    await refused(signIn, visitor(), { identifier: user.username, password }, bad);
    expect(await lastEvent()).toMatchObject({ action: "sign in", reason: "bad_credentials" });
    expect(await database().session.count({ where: { userId: user.id } })).toBe(rows);
    const kept = await database().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(kept).toMatchObject({ username: user.username, active: false });
    const edited = { action: "edit user", targetId: user.id };
    const event = await database().auditEvent.findFirstOrThrow({ where: edited });
    expect(event).toMatchObject({ after: { active: false, sessionsEnded: 2, devicesForgotten: 1 } });
  });

  test("P37: active again they sign in; what was trusted or signed in before stays ended", async () => {
    const user = await person({ roles: ["user"] });
    const before = await waysIn(user);
    const call = await asAdmin();
    await runCommand(updateUser, call, { ...user, ...names, active: false, version: 1 });
    await runCommand(updateUser, call, { ...user, ...names, active: true, version: 2 });
    await enter(user.username, password);
    expect(await waysLeft(user)).toEqual({ sessions: 1, devices: 0, links: 0 });
    for (const token of before.sessions) expect((await callWith(token)).actor).toEqual(nobody);
  });

  test("O08: a disabled user is kept out by password, reset link and remembered device alike", async () => {
    const user = await person({ roles: ["user"] });
    const { link, device } = await waysIn(user);
    await database().user.update({ where: { id: user.id }, data: { active: false } });
    await refused(signIn, visitorWith(device), { identifier: user.email, password }, bad);
    await refused(
      redeemResetLink,
      visitor(),
      { token: link, password: secret },
      { code: "forbidden", reason: "bad_reset_link" },
    );
  });

  test("nobody deactivates themselves", async () => {
    const admin = await person({ roles: ["admin"] });
    const input = { ...admin, ...names, roles: ["admin"], active: false, version: 1 };
    const own = { code: "conflict", reason: "own_account" } as const;
    await refused(updateUser, await callAs(admin), input, own);
  });
});

test("a new email address makes links that went to the old one void", async () => {
  const user = await person({ roles: ["user"] });
  await waysIn(user);
  const names = { givenName: "", familyName: "", roles: ["user"], active: true };
  await runCommand(updateUser, await asAdmin(), { ...user, ...names, email: "new@example.com", version: 1 });
  expect(await waysLeft(user)).toEqual({ sessions: 2, devices: 1, links: 0 });
});
