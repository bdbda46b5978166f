import { beforeAll, describe, expect, test } from "vitest";
import { redeemResetLink } from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, password, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { waysIn, waysLeft } from "#test/ways-in.ts";
import { resetPassword, resetPasswordByLink, updateUser } from "./index.ts";

beforeAll(() => openInstallation());

const secret = "seven green bottles of ink";
const nobody = { kind: "anonymous" };
const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const enter = (identifier: string, secretWord: string) =>
  runCommand(signIn, visitor(), { identifier, password: secretWord });

/** The two ways, each up to the point at which `secret` is the password. */
const ways = [
  {
    name: "a password that the administrator sets",
    command: resetPassword,
    input: (id: string) => ({ id, password: secret }),
    finish: async (_result: object) => {},
  },
  {
    name: "a one-time link",
    command: resetPasswordByLink,
    input: (id: string) => ({ id }),
    finish: async (result: object) => {
      const { token } = result as { token: string };
      await runCommand(redeemResetLink, visitor(), { token, password: secret });
    },
  },
] as const;

describe.each(ways)("resetting with $name", ({ command, input, finish }) => {
  const run = (call: Awaited<ReturnType<typeof asAdmin>>, id: string): Promise<object> =>
    runCommand(command as typeof resetPassword, call, input(id));

  test("P33: sessions, trusted devices and earlier links end at once; only the new password signs in", async () => {
    const user = await person({ roles: ["user"] });
    const before = await waysIn(user);
    const result = await run(await asAdmin(), user.id);
    for (const token of before.sessions) expect((await callWith(token)).actor).toEqual(nobody);
    expect(await waysLeft(user)).toMatchObject({ sessions: 0, devices: 0 });
    await refused(signIn, visitor(), { identifier: user.username, password }, bad);
    await refused(
      redeemResetLink,
      visitor(),
      { token: before.link, password: "an entirely new sentence" },
      { code: "forbidden", reason: "bad_reset_link" },
    );
    await finish(result);
    await refused(signIn, visitor(), { identifier: user.username, password }, bad);
    expect((await callWith((await enter(user.username, secret)).token)).actor).toMatchObject({ id: user.id });
  });

  test("the trail says who reset whose password and what ended, and no secret", async () => {
    const user = await person({ roles: ["user"] });
    await waysIn(user);
    const call = await asAdmin();
    const result = await run(call, user.id);
    const event = await lastEvent();
    expect(event).toMatchObject({
      action: command.name,
      outcome: "done",
      actorId: call.actor.kind === "user" && call.actor.id,
      targetId: user.id,
      targetName: user.username,
      after: { sessionsEnded: 2, devicesForgotten: 1 },
    });
    const { token = secret } = result as { token?: string };
    expect(JSON.stringify(event)).not.toContain(token);
    expect(JSON.stringify(event)).not.toMatch(/argon2|seven green/);
  });

  test("P34: not for an inactive user", async () => {
    const user = await person({ roles: ["user"], active: false });
    await refused(command as typeof resetPassword, await asAdmin(), input(user.id), {
      code: "conflict",
      reason: "inactive_user",
      message: /^Cannot reset password for inactive user/,
    });
    expect(await lastEvent()).toMatchObject({ targetId: user.id, targetName: user.username });
  });

  test("P42: not for somebody who outranks the administrator; an equal may", async () => {
    const role = await customRole(`helpdesk_${command.name.replaceAll(" ", "_")}`, ["can_manage_users"]);
    const call = await callAs(await person({ roles: [role] }));
    for (const roles of [["superadmin"], ["admin"], ["host_manager"]]) {
      const { id } = await person({ roles });
      await refused(command as typeof resetPassword, call, input(id), {
        code: "forbidden",
        reason: "rank",
      });
    }
    for (const roles of [[role], ["user"]]) await run(call, (await person({ roles })).id);
  });

  test("not for oneself: one's own password is changed with the present one", async () => {
    const admin = await person({ roles: ["admin"] });
    await refused(command as typeof resetPassword, await callAs(admin), input(admin.id), {
      code: "conflict",
      reason: "own_account",
    });
  });

  test("not without the right to manage users, nor with a proof of identity that is too old", async () => {
    const { id } = await person({ roles: ["user"] });
    const call = await callAs(await person({ roles: ["host_manager"] }));
    const missing = { code: "forbidden", reason: "missing_capability" } as const;
    await refused(command as typeof resetPassword, call, input(id), missing);
    const admin = await asAdmin();
    const late = { ...admin, actor: { ...admin.actor, provenAt: admin.at.getTime() - 31 * 60_000 } };
    const proof = { code: "forbidden", reason: "proof_required" } as const;
    await refused(command as typeof resetPassword, late, input(id), proof);
  });

  test("not for somebody who is not there", async () => {
    const id = "01900000-0000-7000-8000-000000000000";
    const gone = { code: "not_found", reason: "user_not_found" } as const;
    await refused(command as typeof resetPassword, await asAdmin(), input(id), gone);
  });
});

test("a weak password is refused, and ends nothing", async () => {
  const user = await person({ roles: ["user"], username: "weak.willed" });
  const before = await waysIn(user);
  await refused(
    resetPassword,
    await asAdmin(),
    { id: user.id, password: "weak.willed weak" },
    {
      code: "invalid",
      reason: "weak_password",
    },
  );
  expect((await callWith(before.sessions[0])).actor).toMatchObject({ id: user.id });
});

test("promoted meanwhile: the rank that counts is the one at the moment of writing", async () => {
  const user = await person({ roles: ["user"] });
  const role = await customRole("hurried_helpdesk", ["can_manage_users"]);
  const call = await callAs(await person({ roles: [role] }));
  const context = { call, actor: call.actor, at: call.at.getTime() };
  const prepared = await resetPassword.prepare?.(
    { ...context, reader: database(), concerns: () => {} },
    { id: user.id, password: secret },
  );
  const boss = await callAs(await person({ roles: ["superadmin"] }));
  const names = { givenName: "", familyName: "", active: true, version: 1 };
  await runCommand(updateUser, boss, { ...user, ...names, roles: ["admin"], confirmed: ["admin"] });
  const attempt = database().$transaction((tx) =>
    resetPassword.run({ ...context, tx }, { id: user.id, password: secret }, prepared as never),
  );
  await expect(attempt).rejects.toMatchObject({ reason: "rank" });
});
