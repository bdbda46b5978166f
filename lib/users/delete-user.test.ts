import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { noWayLeft, waysIn, waysLeft } from "#test/ways-in.ts";
import { deleteUser, resetPassword } from "./index.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
const nobody = { kind: "anonymous" };
const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));

describe("deleting", () => {
  test("P38: removes the user with sessions, devices, factors, links and history; the trail keeps the name", async () => {
    const user = await person({ roles: ["user"], givenName: "Mary", familyName: "Poppins" });
    const { sessions } = await waysIn(user);
    await runCommand(resetPassword, await asAdmin(), { id: user.id, password: secret });
    await waysIn(user);
    const call = await asAdmin();
    expect(await runCommand(deleteUser, call, { id: user.id })).toMatchObject({ username: user.username });
    expect((await callWith(sessions[0])).actor).toEqual(nobody);
    expect(await lastEvent()).toMatchObject({
      action: "delete user",
      outcome: "done",
      at: call.at,
      targetKind: "user",
      targetId: user.id,
      targetName: user.username,
      before: { username: user.username, email: user.email, givenName: "Mary", roles: ["user"] },
      after: null,
    });
    await refused(signIn, visitor(), { identifier: user.username, password: secret }, bad);
    const tables = await database().$queryRaw<{ table: string }[]>`
      SELECT table_name AS table FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'user_id'`;
    expect(tables.length).toBeGreaterThan(7);
    expect(await waysLeft(user)).toEqual(noWayLeft);
    const left = await Promise.all([
      database().assignment.count({ where: { userId: user.id } }),
      database().formerPassword.count({ where: { userId: user.id } }),
      database().session.count({ where: { userId: user.id } }),
    ]);
    expect(left).toEqual([0, 0, 0]);
    const earlier = { targetId: user.id, action: "reset password" };
    expect(await database().auditEvent.count({ where: earlier })).toBe(1);
  });

  test("P39: nobody deletes their own account", async () => {
    for (const roles of [["superadmin"], ["admin"]]) {
      const self = await person({ roles });
      await refused(
        deleteUser,
        await callAs(self),
        { id: self.id },
        {
          code: "conflict",
          reason: "own_account",
        },
      );
    }
  });

  test("P42: nobody deletes somebody who outranks them", async () => {
    const { id } = await person({ roles: ["superadmin"] });
    const rank = { code: "forbidden", reason: "rank" } as const;
    await refused(deleteUser, await asAdmin(), { id }, rank);
  });

  test("not without the right, not with an old proof of identity, not twice", async () => {
    const { id } = await person({ roles: ["user"] });
    const missing = { code: "forbidden", reason: "missing_capability" } as const;
    await refused(deleteUser, await callAs(await person({ roles: ["host_manager"] })), { id }, missing);
    const admin = await asAdmin();
    const late = { ...admin, actor: { ...admin.actor, provenAt: admin.at.getTime() - 31 * 60_000 } };
    await refused(deleteUser, late, { id }, { code: "forbidden", reason: "proof_required" });
    const tries = await Promise.allSettled([1, 2, 3].map(() => runCommand(deleteUser, admin, { id })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await refused(deleteUser, admin, { id }, { code: "not_found", reason: "user_not_found" });
  });
});
