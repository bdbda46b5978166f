import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { insertAssignments } from "./assign-new-user.ts";
import { refuseUnconfirmedRoles } from "./confirmation.ts";
import { givingRefusal, ownRoleRefusal, takingRefusal, throwIf } from "./refusals.ts";
import { refuseSeveral, ruledRoles } from "./ruled-roles.ts";

/**
 * Makes a user's local roles exactly these. Rules are tested only for what changes:
 * saving a peer's email with the role untouched is no assignment.
 * The caller holds the access lock, has tested the target's rank, and keeps administrators.
 * Dangerous roles that are added are in `confirmed`.
 * @returns the keys added and removed; both empty when nothing changed
 */
export async function replaceRoles(
  tx: Tx,
  change: { actor: Actor; at: Date; userId: string; roles: readonly string[]; confirmed?: readonly string[] },
): Promise<{ added: string[]; removed: string[] }> {
  const held = await tx.assignment.findMany({
    where: { userId: change.userId },
    select: { id: true, role: { select: { key: true } } },
  });
  const heldKeys = held.map(({ role }) => role.key);
  const added = change.roles.filter((key) => !heldKeys.includes(key));
  const removed = heldKeys.filter((key) => !change.roles.includes(key));
  if (added.length === 0 && removed.length === 0) return { added, removed };

  const access = await currentPolicy(tx);
  refuseSeveral(access.catalogue.assignment, change.roles);
  throwIf(ownRoleRefusal(change.actor, change.userId), "roles");
  const at = change.at.getTime();
  const toAdd = await ruledRoles(tx, added);
  for (const role of toAdd) throwIf(givingRefusal(change.actor, role, at), "roles");
  for (const role of await ruledRoles(tx, removed)) throwIf(takingRefusal(change.actor, role, at), "roles");

  refuseUnconfirmedRoles(change.actor, access, toAdd, change.confirmed);

  const gone = held.filter(({ role }) => removed.includes(role.key)).map(({ id }) => id);
  await tx.assignment.deleteMany({ where: { id: { in: gone } } });
  await insertAssignments(tx, { ...change, source: "local" }, toAdd);
  return { added, removed };
}
