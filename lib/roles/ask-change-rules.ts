import { dangersAdded } from "#lib/access/index.ts";
import { refuseUnconfirmedPermissions, refuseUnconfirmedRoles, throwIf } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { basesRefusal, hoursRefusal, widerRefusal } from "./change-refusals.ts";
import { refuseUnknownInLimits } from "./limits-known.ts";
import { refuseUnknownPermissions } from "./permissions.ts";
import type { RoleChange } from "./role-change.ts";

/**
 * Every rule for what is put into a role, whether it is new or edited.
 * @returns the ids of all roles by key, for writing base roles
 */
export async function askChangeRules(
  tx: Tx,
  asked: {
    role: string;
    change: RoleChange;
    actor: Actor;
    access: ActivePolicy;
    confirmed: readonly string[];
    at: number;
    /** Where the form names new permissions and base roles. */
    fields: { grants: string; bases: string };
  },
): Promise<ReadonlyMap<string, string>> {
  const { role, change, actor, access, confirmed, at, fields } = asked;
  const present = await loadRoles(tx);
  refuseUnknownBases(change.addedBases, new Set(present.map(({ key }) => key)), fields.bases);
  await refuseUnknownPermissions(tx, change.added, fields.grants);
  await refuseUnknownInLimits(tx, access, change);
  throwIf(hoursRefusal(change, at), "window.timeZone");
  throwIf(widerRefusal(actor, change, at), fieldOfWider(change, fields.grants));
  throwIf(basesRefusal(actor, role, change, present, at), fields.bases);
  const known = access.policy.roles.has(role) ? role : undefined;
  const dangers = dangersAdded(access.policy, access.catalogue, known, change.added);
  refuseUnconfirmedPermissions(actor, access, dangers, confirmed);
  const bases = present.filter(({ key }) => change.addedBases.includes(key));
  refuseUnconfirmedRoles(actor, access, bases, confirmed);
  return new Map(present.map(({ key, id }) => [key, id]));
}

function fieldOfWider({ added, limited }: RoleChange, grants: string): string {
  if (added.length > 0) return grants;
  return limited.length > 0 ? "limit" : "window";
}

async function loadRoles(tx: Tx) {
  const rows = await tx.role.findMany({
    select: {
      id: true,
      key: true,
      label: true,
      guarded: true,
      bases: { select: { base: { select: { key: true } } } },
    },
  });
  return rows.map(({ bases, ...row }) => ({ ...row, inherits: bases.map(({ base }) => base.key) }));
}

function refuseUnknownBases(wanted: readonly string[], known: ReadonlySet<string>, field: string): void {
  const missing = wanted.filter((key) => !known.has(key));
  if (missing.length === 0) return;
  const message = `There is no role ${missing.slice(0, 5).join(", ")}: it may have been deleted.`;
  throw new AppError("invalid", "role_not_found", message, { fields: { [field]: [message] } });
}
