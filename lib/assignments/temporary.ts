import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { refuseUnconfirmedRoles } from "./confirmation.ts";
import { giverOf } from "./giver.ts";
import { type HeldRow, heldRows } from "./held-rows.ts";
import { loadSubject } from "./load-subject.ts";
import { givingRefusal, ownRoleRefusal, takingRefusal, throwIf } from "./refusals.ts";
import { ruledRoles, type StoredRole } from "./ruled-roles.ts";
import { isTemporary } from "./sources.ts";
import { asGiving, difference, extentOf } from "./validity.ts";
import { type FieldName, refuseForeignPlace, refuseImpossibleTimes } from "./validity-refusals.ts";
import { columns } from "./write-assignments.ts";

export interface TemporaryAccess {
  role: string;
  startsAt?: Date | undefined;
  endsAt: Date;
  organizationId?: string | undefined;
  teamId?: string | undefined;
  reason: string;
}

interface Asked {
  at: Date;
  userId: string;
  access: TemporaryAccess;
}
interface Giving extends Asked {
  actor: Actor;
  source: "elevation" | "request";
  /** The role, if it is dangerous and whoever asks agreed to it by name. */
  confirmed: readonly string[];
}

const longestDays = 366;

/**
 * Gives a role for a time, on top of what somebody holds; the same rules as for good. It ends by itself.
 * The caller holds the access lock and has tested the target's rank.
 */
export async function giveTemporarily(
  tx: Tx,
  { actor, at, userId, access, source, confirmed }: Giving,
): Promise<string> {
  throwIf(ownRoleRefusal(actor, userId), "role");
  const role = await proveGivable(tx, { at, userId, access });
  const recipient = await loadSubject(tx, { id: userId, active: true }, at.getTime());
  const giving = asGiving(recipient, extentOf(access, at));
  throwIf(givingRefusal(actor, role, at.getTime(), giving), "role");
  refuseUnconfirmedRoles(actor, await currentPolicy(tx), [role], confirmed);
  const id = newId(at.getTime());
  const given = { source, givenBy: giverOf(actor), createdAt: at, reason: access.reason };
  await tx.assignment.create({
    data: { id, userId, roleId: role.id, ...columns(extentOf(access, at)), ...given },
    select: { id: true },
  });
  return id;
}

/**
 * Whether this is temporary access that makes sense for somebody, whoever gives it: a role that is there, times and
 * places that can be, and not what they hold anyway. Answers the role.
 */
export async function proveGivable(tx: Tx, { at, userId, access }: Asked): Promise<StoredRole> {
  const field: FieldName = (name) => name;
  const [role] = await ruledRoles(tx, [access.role], "role");
  if (!role) throw new Error("ruledRoles answers one role for one key");
  const extent = extentOf(access, at);
  refuseImpossibleTimes(extent, at, field);
  refuseTooLong(access.endsAt, at);
  await refuseForeignPlace(tx, userId, extent, field);
  const same = (await heldRows(tx, userId, at)).filter((row) => row.role.id === role.id);
  if (same.some((row) => !difference(row, extent, at).wider)) refuseHeld(role.label);
  return role;
}

/** Ends temporary access early. Answers what it was. */
export async function endTemporarily(
  tx: Tx,
  { actor, at, userId, id }: { actor: Actor; at: Date; userId: string; id: string },
): Promise<HeldRow> {
  const row = (await heldRows(tx, userId, at)).find((one) => one.id === id && isTemporary(one.source));
  if (!row)
    throw new AppError(
      "not_found",
      "assignment_not_found",
      "There is no such access any more: it has ended.",
    );
  throwIf(ownRoleRefusal(actor, userId));
  throwIf(takingRefusal(actor, row.role, at.getTime()));
  await tx.assignment.delete({ where: { id }, select: { id: true } });
  return row;
}

function refuseTooLong(endsAt: Date, at: Date): void {
  if (endsAt.getTime() - at.getTime() <= longestDays * 86_400_000) return;
  const message = "Temporary access lasts at most a year: for longer, give the role itself with an end.";
  throw new AppError("invalid", "too_long", message, { fields: { endsAt: [message] } });
}

function refuseHeld(label: string): never {
  const message = `${label} is held for all of that time already.`;
  throw new AppError("conflict", "already_held", message, { fields: { role: [message] } });
}
