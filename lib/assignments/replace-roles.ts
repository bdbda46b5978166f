import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { changeAssignments } from "./change-assignments.ts";
import { lastingRows } from "./held-rows.ts";
import { isEditable } from "./sources.ts";

/**
 * Makes a user's lasting roles exactly these: one that is held stays as it is, its validity included,
 * and one that is not is given for good. Temporary access is left to its own end.
 * The caller holds the access lock, has tested the target's rank, and keeps administrators.
 * Dangerous roles that are added are in `confirmed`.
 * @returns the keys added and removed; both empty when nothing changed
 */
export async function replaceRoles(
  tx: Tx,
  change: { actor: Actor; at: Date; userId: string; roles: readonly string[]; confirmed?: readonly string[] },
): Promise<{ added: string[]; removed: string[] }> {
  const held = await lastingRows(tx, change.userId, change.at);
  const wanted = [...new Set(change.roles)].flatMap((role) => {
    const rows = held.filter((row) => row.role.key === role);
    return rows.length === 0 ? [{ role }] : rows.filter(({ source }) => isEditable(source)).map(asWanted);
  });
  const said = { wanted, field: () => "roles", wholeField: "roles" };
  const { added, removed } = await changeAssignments(tx, { ...change, ...said });
  const keys = (list: readonly { role: { key: string } }[]) => list.map(({ role }) => role.key);
  return { added: keys(added), removed: keys(removed) };
}

/** An assignment as it is, for a list of what is wanted. */
const asWanted = (row: Awaited<ReturnType<typeof lastingRows>>[number]) => ({
  id: row.id,
  role: row.role.key,
  startsAt: row.startsAt ?? undefined,
  endsAt: row.endsAt ?? undefined,
  window: row.window ?? undefined,
  organizationId: row.organizationId ?? undefined,
  teamId: row.teamId ?? undefined,
  reason: row.reason ?? undefined,
});
