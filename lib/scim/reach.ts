import { type Capability, givenBy } from "#lib/access/index.ts";
import { type HeldRow, heldRows, type Refusal, throwIf } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";

/** Whoever holds one of these decides who may do what. */
const administrative: readonly Capability[] = [
  ...(["manageUsers", "manageSuperusers", "manageRoles", "manageSettings", "manageTokens"] as const),
  "grantBeyondOwn",
];
/** What a provider gave it may also take away, and the account with it. */
const givenByProviders = ["idp", "scim"];

/**
 * Rank, for a client, which has none: accounts that administer through a role which was given here are out of its
 * reach. Answers whether one is that holds these roles.
 */
export function isOutOfReach(access: ActivePolicy, held: readonly HeldRow[]): boolean {
  return held.filter(isGivenHere).some(({ role }) => role.guarded || administers(access, role.key));
}

const isGivenHere = ({ source }: HeldRow) => !givenByProviders.includes(source);

/** Refuses to touch such an account, unless the client's token says otherwise. */
export async function refuseOutOfReach(
  tx: Tx,
  client: ClientActor,
  at: Date,
  user: { id: string; username: string },
): Promise<void> {
  if (client.scopes.includes("administrators")) return;
  const held = await heldRows(tx, user.id, at);
  if (held.some(isGivenHere) && isOutOfReach(await currentPolicy(tx), held))
    throwIf(reachRefusal(user.username));
}

const reachRefusal = (username: string): Refusal => ({
  code: "forbidden",
  reason: "rank",
  message: `Cannot modify ${username}, who administers this console: take the administrative role away here, or create a token that may change administrators.`,
});

function administers({ policy, catalogue }: ActivePolicy, role: string): boolean {
  const given = givenBy(policy, role);
  return administrative.some((one) => given.has(catalogue.capabilities[one] ?? ""));
}
