import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, nextInstant, passTime, person, signedIn } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { waysIn, waysLeft } from "#test/ways-in.ts";
import {
  endAllSessions,
  endOwnOtherSessions,
  endOwnSession,
  endUserSession,
  endUserSessions,
} from "./index.ts";

beforeAll(() => openInstallation());

/** The same browser a moment later. */
const next = (call: Call): Call => ({ ...call, at: nextInstant() });
const nobody = { kind: "anonymous" };
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const sessionIds = async ({ id }: { id: string }) => {
  const where = { userId: id, endedAt: null };
  const rows = await database().session.findMany({
    where,
    select: { id: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map((row) => row.id);
};
const gone = { code: "not_found", reason: "no_live_session" } as const;
const rank = { code: "forbidden", reason: "rank" } as const;

describe("T18: an administrator ends sessions", () => {
  test("one: that browser is nobody on its very next request, on every instance; the others stay signed in", async () => {
    const user = await person({ roles: ["user"] });
    const { sessions } = await waysIn(user);
    const [first] = await sessionIds(user);
    const call = await asAdmin();
    await runCommand(endUserSession, next(call), { id: first });
    expect((await callWith(sessions[0])).actor).toEqual(nobody);
    expect((await onAnotherInstance(() => callWith(sessions[0]))).actor).toEqual(nobody);
    expect((await callWith(sessions[1])).actor).toMatchObject({ id: user.id });
    expect(await waysLeft(user)).toMatchObject({ sessions: 1, devices: 1 });
    expect(await lastEvent()).toMatchObject({
      action: "end session",
      outcome: "done",
      targetKind: "session",
      targetId: first,
      targetName: user.username,
    });
    await refused(endUserSession, next(call), { id: first }, gone);
    await refused(endUserSession, next(call), { id: newId() }, gone);
  });

  test("all of a user's; trusted devices stay", async () => {
    const user = await person({ roles: ["user"] });
    const { sessions } = await waysIn(user);
    const bystander = await signedIn(await person({ roles: ["user"] }));
    const done = await runCommand(endUserSessions, await asAdmin(), { userId: user.id });
    expect(done).toEqual({ username: user.username, sessionsEnded: 2 });
    for (const token of sessions) expect((await callWith(token)).actor).toEqual(nobody);
    expect((await callWith(bystander)).actor).toMatchObject({ kind: "user" });
    expect(await waysLeft(user)).toMatchObject({ sessions: 0, devices: 1 });
    expect(await lastEvent()).toMatchObject({
      action: "end sessions of user",
      targetId: user.id,
      targetName: user.username,
      after: { sessionsEnded: 2 },
    });
    const missing = { code: "not_found", reason: "user_not_found" } as const;
    await refused(endUserSessions, await asAdmin(), { userId: newId() }, missing);
  });

  test("all there are but the one that asks, and but those of people who outrank them, who are named", async () => {
    await database().session.deleteMany();
    const root = await person({ roles: ["superadmin"] });
    const admin = await person({ roles: ["admin"] });
    const [rootToken, ownOther, own] = [await signedIn(root), await signedIn(admin), await signedIn(admin)];
    const tokens = [
      await signedIn(await person({ roles: ["user"] })),
      await signedIn(await person({ roles: ["admin"] })),
    ];
    const done = await runCommand(endAllSessions, await callWith(own), {});
    expect(done).toEqual({ sessionsEnded: 3, spared: [root.username] });
    for (const token of [ownOther, ...tokens]) expect((await callWith(token)).actor).toEqual(nobody);
    for (const token of [own, rootToken])
      expect((await callWith(token)).actor).toMatchObject({ kind: "user" });
    expect(await lastEvent()).toMatchObject({ action: "end all sessions", after: done });

    const byRoot = await runCommand(endAllSessions, await callWith(rootToken), {});
    expect(byRoot).toEqual({ sessionsEnded: 1, spared: [] });
  });

  test("but not those of somebody who outranks them", async () => {
    const root = await person({ roles: ["superadmin"] });
    await signedIn(root);
    const [id] = await sessionIds(root);
    await refused(endUserSession, await asAdmin(), { id }, { ...rank, message: new RegExp(root.username) });
    await refused(endUserSessions, await asAdmin(), { userId: root.id }, rank);
  });

  test("but not the one that they are using, though all of their others", async () => {
    const admin = await person({ roles: ["admin"] });
    const [token] = [await signedIn(admin), await signedIn(admin)];
    const call = await callWith(token);
    const [own] = await sessionIds(admin);
    await refused(endUserSession, next(call), { id: own }, { code: "conflict", reason: "own_session" });
    expect(await runCommand(endUserSessions, next(call), { userId: admin.id })).toMatchObject({
      sessionsEnded: 1,
    });
    expect(await sessionIds(admin)).toEqual([own]);
  });

  test("and nobody without the right, whoever it is about", async () => {
    const call = await callAs(await person({ roles: [await customRole("watcher", ["can_view_users"])] }));
    const may = { code: "forbidden", reason: "missing_capability" } as const;
    await refused(endUserSession, next(call), { id: "x" }, may);
    await refused(endUserSessions, next(call), {}, may);
    await refused(endAllSessions, next(call), {}, may);
  });

  test("with a recent proof of who they are", async () => {
    const admin = await person({ roles: ["admin"] });
    const token = await signedIn(admin);
    passTime(31 * 60);
    const call = await callWith(token);
    const proof = { code: "forbidden", reason: "proof_required" } as const;
    const [id] = await sessionIds(admin);
    await refused(endUserSession, next(call), { id }, proof);
    await refused(endUserSessions, next(call), { userId: admin.id }, proof);
    await refused(endAllSessions, next(call), {}, proof);
    await refused(endOwnSession, next(call), { id }, proof);
    await refused(endOwnOtherSessions, next(call), {}, proof);
  });
});

test("two administrators end the same session at once: one does, the other is told, and the first one's name stays", async () => {
  for (let round = 0; round < 20; round++) {
    const user = await person({ roles: ["user"] });
    await signedIn(user);
    const [id] = await sessionIds(user);
    const calls = [await asAdmin(), await asAdmin()] as const;
    const results = await Promise.allSettled(calls.map((call) => runCommand(endUserSession, call, { id })));
    const winner = results.findIndex(({ status }) => status === "fulfilled");
    expect(results[1 - winner]).toMatchObject({ status: "rejected", reason: gone });
    const row = await database().session.findUniqueOrThrow({ where: { id } });
    const { actor, at } = calls[winner as 0 | 1];
    expect(row).toMatchObject({ endedAt: at, endedBy: actor.kind === "user" ? actor.username : "" });
  }
});

describe("one's own sessions", () => {
  test("one is ended, and all others at once; the one that asks stays", async () => {
    const user = await person({ roles: ["user"] });
    const tokens = [await signedIn(user), await signedIn(user), await signedIn(user), await signedIn(user)];
    const call = await callWith(tokens[0] as string);
    const [own, second] = await sessionIds(user);
    await refused(endOwnSession, next(call), { id: own }, { code: "conflict", reason: "own_session" });
    await runCommand(endOwnSession, next(call), { id: second });
    expect((await callWith(tokens[1] as string)).actor).toEqual(nobody);
    expect(await lastEvent()).toMatchObject({
      action: "end own session",
      targetId: second,
      actorId: user.id,
    });
    expect(await runCommand(endOwnOtherSessions, next(call), {})).toEqual({ sessionsEnded: 2 });
    expect(await sessionIds(user)).toEqual([own]);
    const where = { userId: user.id, endedWhy: "ended by its user", endedBy: user.username };
    expect(await database().session.count({ where })).toBe(3);
  });

  test("somebody else's is answered like one that does not exist", async () => {
    const other = await person({ roles: ["user"] });
    await signedIn(other);
    const [id] = await sessionIds(other);
    const call = await callAs(await person({ roles: ["user"] }));
    const one = await refused(endOwnSession, next(call), { id }, gone);
    const none = await refused(endOwnSession, next(call), { id: newId() }, gone);
    expect(one.message).toBe(none.message);
  });
});
