import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person } from "#test/people.ts";
import { refused } from "#test/trail.ts";
import { deleteUser } from "./delete-user.ts";
import { resetPassword } from "./reset-password.ts";
import { updateUser } from "./update-user.ts";

beforeAll(async () => {
  const close = await openInstallation();
  await customRole("helpdesk", ["can_view_users", "can_manage_users"]);
  // So that neither the last superadmin nor the last admin is among those who go.
  await person({ roles: ["superadmin"] });
  await person({ roles: ["admin"] });
  return close;
});

const ranks = { superadmin: 100, admin: 90, host_manager: 50, helpdesk: 30, user: 20, readonly: 10 };
const roles = Object.keys(ranks) as (keyof typeof ranks)[];

test("P45: the ranks are 100, 90, 50, 30 for a custom role, 20 and 10", async () => {
  const rows = await database().role.findMany({ select: { key: true, rank: true } });
  expect(Object.fromEntries(rows.map(({ key, rank }) => [key, rank]))).toEqual(ranks);
});

const edit = ({ id, email }: { id: string; email: string }, role: string) => {
  return { id, email, givenName: "Renamed", active: true, version: 1, roles: [role] };
};
const secret = "seven green bottles of ink";

describe.each(["admin", "helpdesk"] as const)("a holder of %s", (own) => {
  test.each(roles.filter((role) => ranks[role] <= ranks[own]))(
    "P45: edits, resets and deletes a %s",
    async (role) => {
      const call = await callAs(await person({ roles: [own] }));
      const target = await person({ roles: [role] });
      await runCommand(updateUser, call, edit(target, role));
      await runCommand(resetPassword, call, { id: target.id, password: secret });
      await runCommand(deleteUser, call, { id: target.id });
    },
  );

  test.each(roles.filter((role) => ranks[role] > ranks[own]))(
    "P45: does none of that to a %s",
    async (role) => {
      const call = await callAs(await person({ roles: [own] }));
      const target = await person({ roles: [role] });
      const above = { code: "forbidden", reason: "rank" } as const;
      await refused(updateUser, call, edit(target, role), above);
      await refused(resetPassword, call, { id: target.id, password: secret }, above);
      await refused(deleteUser, call, { id: target.id }, above);
    },
  );
});
