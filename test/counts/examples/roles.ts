import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { createRole, deleteRole, editRole, reassignAndDeleteRole } from "#lib/roles/index.ts";
import { nextInstant, person } from "#test/people.ts";
import { asOwner, ofMany, once, several } from "../example.ts";

/** A role that nobody made, so that making it is not measured along with what becomes of it. */
async function role(key: string): Promise<string> {
  const at = nextInstant();
  const row = { id: newId(), key, label: key, rank: 30, createdAt: at, updatedAt: at };
  await database().role.create({
    data: { ...row, grants: { create: [{ permissionKey: "can_view_hosts" }] } },
  });
  await database().policy.updateMany({ data: { version: { increment: 1 } } });
  return key;
}

const readings = ["can_view_dashboard", "can_view_hosts", "can_view_packages", "can_view_reports"];

export const roles = [
  once(createRole, async () => [await asOwner(), { key: "night_watch", grants: readings }]),
  once(editRole, async () => {
    const key = await role("changed_role");
    return [await asOwner(), { role: key, version: 1, add: ["can_view_reports"] }];
  }),
  once(deleteRole, async () => {
    const key = await role("unused_role");
    return [await asOwner(), { role: key, version: 1 }];
  }),
  ofMany(reassignAndDeleteRole, async (rows) => {
    const key = await role(`role_of_${rows}`);
    await several(rows, () => person({ roles: [key] }));
    return [await asOwner(), { role: key, version: 1, replacement: "readonly" }];
  }),
];
