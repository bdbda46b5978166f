import { beyond, blockingRoles, subjectWithRoles } from "#lib/access/index.ts";
import type { Exchange } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";

/**
 * Whether an exchange takes something from its user that the new roles do not give: what has to hold at once, where
 * what only gives can wait. In doubt it takes. Users in the same groups are asked about once.
 * @param roles what the identity provider gives them
 */
export function losing({ policy }: ActivePolicy, at: Date): (exchange: Exchange, roles: string[]) => boolean {
  const blocking = new Set(blockingRoles(policy));
  const known = new Map<string, boolean>();
  return ({ added, freed, removed }, roles) => {
    if ([...added, ...freed.map(({ role }) => role.key)].some((role) => blocking.has(role))) return true;
    const gone = [...new Set(removed.map(({ role }) => role.key))].sort();
    const question = JSON.stringify([gone, roles]);
    const answer =
      known.get(question) ??
      gone.some((role) => beyond(policy, subjectWithRoles(roles), role, at.getTime()).length > 0);
    known.set(question, answer);
    return answer;
  };
}
