import { beyondGrants, type Condition, type Limit } from "#lib/access/index.ts";
import { escalationRefusal, type Refusal } from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { type Named, rolesOf, type StoredLimit } from "./naming-limits.ts";

const conflict = (reason: string, message: string): Refusal => ({ code: "conflict", reason, message });

const listed = (words: readonly string[]) => new Intl.ListFormat("en").format([...words].sort());

/** In use: what a limit of a role names, and what a group contains, stays. */
export function deletionRefusal(
  label: string,
  limits: readonly StoredLimit[],
  groups: readonly string[],
): Refusal | undefined {
  if (limits.length > 0) {
    const roles = rolesOf(limits);
    const message = `Cannot delete ${label}: limits of ${roles.length === 1 ? "the role" : "the roles"} ${listed(roles)} name it. Take it out of them first.`;
    return conflict("named_by_limits", message);
  }
  if (groups.length > 0) {
    const message = `Cannot delete ${label}: ${groups.length === 1 ? "the group" : "the groups"} ${listed(groups)} ${groups.length === 1 ? "contains" : "contain"} it. Take it out of there first.`;
    return conflict("in_value_group", message);
  }
  return undefined;
}

/**
 * No escalation: grants that are limited to a group come to reach what joins it. Whoever adds values must hold those
 * permissions for them, wherever they belong: the holders may be of any organization.
 */
export function wideningRefusal(
  actor: Actor,
  group: Named & { label: string },
  limits: readonly StoredLimit[],
  added: readonly string[],
  at: number,
): Refusal | undefined {
  if (actor.kind !== "user" || added.length === 0) return undefined;
  const grants = limits.map(({ permission, limit }) => ({
    permission,
    limits: [{ scope: "global" as const, where: limit.where.map(exactly(group, added)) }],
  }));
  const missing = beyondGrants(actor.access.policy, actor.subject, grants, at);
  return escalationRefusal(actor, missing, `You cannot add ${listed(added)} to ${group.label}`, at);
}

/** The condition as it would be of the added values alone. */
const exactly =
  ({ attribute, key }: Named, added: readonly string[]) =>
  (condition: Limit["where"][number]): Condition =>
    condition.attribute === attribute && condition.test === "inGroup" && condition.values.includes(key)
      ? { attribute, test: "in", values: [...added] }
      : condition;
