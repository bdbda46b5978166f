import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { refuseUnconfirmedRoles } from "./confirmation.ts";
import type { Holder } from "./holders.ts";
import {
  givingRefusal,
  ownRoleRefusal,
  type Refusal,
  type RuledRole,
  takingRefusal,
  throwIf,
  userRankRefusal,
} from "./refusals.ts";
import type { StoredRole } from "./ruled-roles.ts";

/** Own role, rank, guarded: why the actor may not take a role from all who hold it. It names who stands in the way. */
export function emptyingRefusal(
  actor: Actor,
  role: RuledRole,
  holders: readonly Holder[],
  at: number,
): Refusal | undefined {
  for (const { id, username: name, subject } of holders) {
    const refusal = ownRoleRefusal(actor, id) ?? userRankRefusal(actor, { name, subject }, at);
    if (refusal) return refusal;
  }
  return takingRefusal(actor, role, at);
}

/** Single: whoever holds nothing else needs another role instead. */
export function takingAwayRefusal(
  assignment: "single" | "multiple",
  role: RuledRole,
  holders: readonly Holder[],
): Refusal | undefined {
  const code = "invalid";
  if (assignment === "single") {
    return { code, reason: "single_role", message: "A user has exactly one role here: choose another." };
  }
  const bare = holders.filter(({ subject }) => subject.assignments.every((one) => one.role === role.key));
  const [first] = bare;
  if (!first) return undefined;
  const others = bare.length > 1 ? ` and ${bare.length - 1} more` : "";
  const message = `Choose another role: ${first.username}${others} would be left without any.`;
  return { code, reason: "last_role", message };
}

/**
 * Gives everybody who holds `from` the role `to` instead, or takes `from` away where there is none.
 * An assignment keeps its times, hours and organization. Set-based: as many statements for one holder as for thousands.
 * The caller holds the access lock, has loaded the holders under it, and keeps administrators.
 */
export async function moveHolders(
  tx: Tx,
  move: {
    actor: Actor;
    at: Date;
    from: StoredRole;
    to: StoredRole | undefined;
    holders: readonly Holder[];
    access: ActivePolicy;
    confirmed: readonly string[];
  },
): Promise<void> {
  const { actor, from, to, holders } = move;
  const at = move.at.getTime();
  throwIf(emptyingRefusal(actor, from, holders, at));
  if (to) throwIf(givingRefusal(actor, to, at), "replacement");
  else throwIf(takingAwayRefusal(move.access.catalogue.assignment, from, holders), "replacement");

  if (to) refuseUnconfirmedRoles(actor, move.access, [to], move.confirmed);

  const { at: updatedAt } = move;
  // What has ended is held by nobody, and moves nowhere.
  await tx.assignment.deleteMany({ where: { roleId: from.id, endsAt: { lte: updatedAt } } });
  await tx.user.updateMany({
    where: { assignments: { some: { roleId: from.id } } },
    data: { version: { increment: 1 }, updatedAt, roleExpression: null },
  });
  if (to) {
    const givenBy = actor.kind === "user" ? actor.username : null;
    await tx.$executeRaw`
      UPDATE assignments a SET role_id = ${to.id}::uuid, source = 'local', given_by = ${givenBy}, reason = NULL,
        created_at = ${updatedAt}
      WHERE a.role_id = ${from.id}::uuid AND NOT EXISTS (
        SELECT FROM assignments held WHERE held.user_id = a.user_id AND held.role_id = ${to.id}::uuid
          AND (held.ends_at IS NULL OR held.ends_at > ${updatedAt})
          AND held.organization_id IS NOT DISTINCT FROM a.organization_id
          AND held.team_id IS NOT DISTINCT FROM a.team_id)`;
  }
  await tx.assignment.deleteMany({ where: { roleId: from.id } });
}
