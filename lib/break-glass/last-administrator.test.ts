import { expect, test } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { roleIn, variant } from "#test/catalogue.ts";
import { openInstallation } from "#test/installation.ts";
import { customRole, nextInstant, person, rolesOf } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { restoreAccess } from "./index.ts";

const restore = (name: string) =>
  runCommand(restoreAccess, systemCall("break-glass", nextInstant()), { name, roles: true, password: false });

test("never demotes the last who administers to owner roles that were edited to give too little", async () => {
  const close = await openInstallation(
    await variant("patchmon", (catalogue) => {
      const grants = ["can_manage_users", "can_manage_settings"].map((permission) => ({
        permission,
        limits: [],
      }));
      Object.assign(roleIn(catalogue, "host_manager"), { grants });
      Object.assign(catalogue, { firstUserRoles: ["host_manager"], neverEmpty: [] });
    }),
  );
  const keeper = await person({ roles: [await customRole("keeper", ["can_manage_users"])] });
  const lost = await person({ roles: ["host_manager"] });
  await database()
    .$executeRaw`DELETE FROM grants g USING roles r WHERE r.id = g.role_id AND r.key = 'host_manager'`;
  await database().$executeRaw`UPDATE policy SET version = version + 1`;
  expect(await failure(restore(keeper.username))).toMatchObject({ reason: "last_holder" });
  expect(await rolesOf(keeper)).toEqual(["keeper"]);
  expect(await restore(lost.username)).toMatchObject({ roles: ["host_manager"], administers: false });
  // Where nobody administers any more there is nothing left to keep.
  await database().$executeRaw`DELETE FROM grants`;
  await database().$executeRaw`UPDATE policy SET version = version + 1`;
  expect(await restore(keeper.username)).toMatchObject({ roles: ["host_manager"], administers: false });
  await close();
});
