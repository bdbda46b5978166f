import { beyondGrants } from "#lib/access/index.ts";
import { escalationRefusal, type Refusal } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { isExpressionRole } from "./expression-role.ts";

/** A role as its own rules see it. */
export interface EditedRole {
  key: string;
  label: string;
  builtIn: boolean;
  locked: boolean;
  superuser: boolean;
}

const conflict = (reason: string, message: string): Refusal => ({ code: "conflict", reason, message });

/** Why the actor may change no role at all; nothing when they may. Synced comes after the right, as the kernel asks. */
export const mayManageRoles = (actor: Actor, at: number): string | undefined =>
  can(actor, "manageRoles", at)
    ? syncedRefusal(actor)?.message
    : "You may look at roles but not change them: that needs the right to manage roles.";

/** Locked: locked roles keep their grants. */
export function editRefusal(role: EditedRole): Refusal | undefined {
  if (isExpressionRole(role.key)) {
    const message = `Cannot modify ${role.label}: it is what role expressions name one by one. Change the expression of whoever holds it, or make a custom role.`;
    return conflict("expression_role", message);
  }
  if (!role.locked && !role.superuser) return undefined;
  const message = `Cannot modify built-in role permissions: ${role.key} is locked by the catalogue. Make a custom role instead.`;
  return conflict("locked_role", message);
}

/** Built in: built-in roles stay. */
export function deleteRefusal(role: EditedRole): Refusal | undefined {
  if (!role.builtIn) return undefined;
  return conflict("built_in_role", `Cannot delete built-in role: ${role.key} comes with the catalogue.`);
}

/** Role in use: a role that anyone holds is not deleted. */
export function inUseRefusal(role: EditedRole, people: number): Refusal | undefined {
  if (people === 0) return undefined;
  const who = people === 1 ? "1 user holds" : `${people} users hold`;
  const message = `Cannot delete role: users are assigned to it. ${who} ${role.key}: give them another role first.`;
  return conflict("role_in_use", message);
}

/** Giving people another role needs the right to manage people, beside the one to manage roles. */
export function manageUsersRefusal(actor: Actor, at: number): Refusal | undefined {
  if (can(actor, "manageUsers", at)) return undefined;
  const message =
    "You may delete roles but not give people others: ask somebody who has the right to manage users.";
  return { code: "forbidden", reason: "missing_capability", message };
}

/** Custom roles: only where the catalogue has them. */
export function customRolesRefusal({ catalogue }: ActivePolicy): Refusal | undefined {
  if (catalogue.customRoles.enabled) return undefined;
  const message = `Custom roles are not available with the ${catalogue.label} catalogue.`;
  return { code: "forbidden", reason: "custom_roles_off", message };
}

/** No escalation, for permissions put into a role. */
export function grantingRefusal(
  actor: Actor,
  permissions: readonly string[],
  at: number,
): Refusal | undefined {
  if (actor.kind !== "user") return undefined;
  const grants = permissions.map((permission) => ({ permission, limits: [] }));
  const missing = beyondGrants(actor.access.policy, actor.subject, grants, at);
  return escalationRefusal(actor, missing, "You cannot put these permissions into a role", at);
}
