import { givingRefusal, type Refusal, ruledRoles } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import type { Provider } from "#lib/providers/index.ts";
import { defaultRoles } from "#lib/sso/index.ts";

export const createNeeds = ["manageSettings", "manageUsers", "manageTokens"] as const;
export const revokeNeeds = ["manageSettings", "manageTokens"] as const;

export const mayCreate = (actor: Actor, at: number): string | undefined =>
  createNeeds.every((one) => can(actor, one, at))
    ? undefined
    : "Creating a token needs the rights to manage settings, users and tokens.";

export const mayRevoke = (actor: Actor, at: number): string | undefined =>
  revokeNeeds.every((one) => can(actor, one, at))
    ? undefined
    : "Revoking a token needs the rights to manage settings and tokens.";

/** Rank: who may not touch administrators makes no token that may. */
export function administratorsRefusal(actor: Actor, at: number): Refusal | undefined {
  if (actor.kind !== "user" || can(actor, "manageSuperusers", at)) return undefined;
  const permission = actor.access.catalogue.capabilities.manageSuperusers;
  const who = permission ? `ask somebody who holds ${permission}` : "this catalogue lets nobody allow that";
  const message = `You may not create a token that changes administrators: ${who}.`;
  return { code: "forbidden", reason: "rank", message };
}

/**
 * No escalation: a token puts people into groups, and the provider's rules make roles of groups. So nobody makes one for
 * a provider whose rules give what they could not give themselves. Without a provider it is the role for new users.
 */
export async function givenRolesRefusal(
  reader: Reader | Tx,
  actor: Actor,
  access: ActivePolicy,
  provider: Provider | undefined,
  at: number,
): Promise<Refusal | undefined> {
  const first = provider ? defaultRoles(access, provider) : access.catalogue.newUserRoles;
  const ruled = (provider?.rules ?? [])
    .map(({ role }) => role)
    .filter((role) => access.policy.roles.has(role));
  const roles = await ruledRoles(reader, [...first, ...ruled], "provider");
  return roles.map((role) => givingRefusal(actor, role, at)).find((refusal) => refusal !== undefined);
}
