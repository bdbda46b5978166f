import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, password, person, visitor } from "#test/people.ts";
import { refused } from "#test/trail.ts";
import { deleteUser, resetPassword, resetPasswordByLink } from "./index.ts";

beforeEach(() => openInstallation());

const secret = "seven green bottles of ink";
const enter = (identifier: string, secretWord: string) =>
  runCommand(signIn, visitor(), { identifier, password: secretWord });

test("a link is not for the last one who can administer: until it is used nobody could", async () => {
  const owner = await person({ roles: ["superadmin"] });
  const role = await customRole("stand_in", ["can_manage_users", "can_manage_superusers"]);
  await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
  const call = await callAs(await person({ roles: [role] }));
  await refused(
    resetPasswordByLink,
    call,
    { id: owner.id },
    {
      code: "conflict",
      reason: "never_empty",
    },
  );
  await enter(owner.username, password);
  await runCommand(resetPassword, call, { id: owner.id, password: secret });
  await enter(owner.username, secret);
});

describe("P40: the last superadmin", () => {
  test("is not deleted, not even by somebody who could otherwise", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const role = await customRole("stand_in", ["can_manage_users", "can_manage_superusers"]);
    await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
    const call = await callAs(await person({ roles: [role] }));
    await refused(
      deleteUser,
      call,
      { id: owner.id },
      {
        code: "conflict",
        reason: "never_empty",
        message: /^Cannot delete the last superadmin user/,
      },
    );
  });

  test("two superadmins who delete each other at once leave one, time after time", async () => {
    for (let round = 0; round < 20; round++) {
      const [one, other] = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })];
      await database().user.deleteMany({ where: { id: { notIn: [one.id, other.id] } } });
      const calls = [await callAs(one), await callAs(other)] as const;
      const results = await Promise.allSettled([
        runCommand(deleteUser, calls[0], { id: other.id }),
        runCommand(deleteUser, calls[1], { id: one.id }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await database().user.count()).toBe(1);
    }
  });
});
