import { beforeAll, expect, test } from "vitest";
import { editRole } from "#lib/roles/index.ts";
import { endSessionsOf } from "#lib/sessions/index.ts";
import { createUser, updateUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { database, lockAccess } from "./database.ts";
import { runCommand } from "./operation.ts";

beforeAll(() => openInstallation("patchmon"));

const newcomer = (username: string, role: string) => ({
  username,
  email: `${username}@example.com`,
  password: "four quiet lamps by the sea",
  roles: [role],
});

test("whoever is deactivated while their request waits for the lock is refused", async () => {
  const leaving = await person({ roles: ["superadmin"] });
  const call = await callAs(leaving);
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      await tx.user.update({ where: { id: leaving.id }, data: { active: false } });
      await endSessionsOf(tx, leaving.id, "account deactivated", visitor());
    },
    () => runCommand(createUser, call, newcomer("accomplice", "superadmin")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "sign_in_required" } });
  expect(await database().user.count({ where: { username: "accomplice" } })).toBe(0);
});

test("whoever loses the right while their request waits for the lock is refused", async () => {
  const role = await customRole("clerks", ["can_view_users", "can_manage_users"]);
  const call = await callAs(await person({ roles: [role] }));
  const admin = await callAs(await person({ roles: ["superadmin"] }));
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      const input = {
        role,
        version: 1,
        confirmed: [],
        limit: [],
        addBases: [],
        removeBases: [],
        add: [],
        remove: ["can_manage_users"],
      };
      await editRole.run({ call: admin, actor: admin.actor, at: admin.at.getTime(), tx }, input, undefined);
    },
    () => runCommand(createUser, call, newcomer("too_late", "readonly")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "missing_capability" } });
  expect(await database().user.count({ where: { username: "too_late" } })).toBe(0);
});

test("whoever keeps their rights goes on after waiting", async () => {
  const target = await person({ roles: ["readonly"] });
  const call = await callAs(await person({ roles: ["superadmin"] }));
  const { second } = await overlap(
    (tx) => lockAccess(tx),
    () => runCommand(updateUser, call, { ...target, version: 1, roles: ["user"], active: true }),
  );
  expect(second).toMatchObject({ status: "fulfilled" });
});

test("what is taken away without ending a session counts after waiting too", async () => {
  const leaving = await person({ roles: ["superadmin"] });
  const call = await callAs(leaving);
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      await tx.assignment.deleteMany({ where: { userId: leaving.id } });
    },
    () => runCommand(createUser, call, newcomer("helped_late", "readonly")),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "missing_capability" } });
});
