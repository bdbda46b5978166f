import { type Capability, givenBy } from "#lib/access/index.ts";
import { heldAt, type Refusal, throwIf } from "#lib/assignments/index.ts";
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
 * reach. Answers which of these accounts are.
 */
export async function outOfReach(tx: Tx, at: Date, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.assignment.findMany({
    where: { userId: { in: [...ids] }, source: { notIn: givenByProviders }, ...heldAt(at) },
    select: { userId: true, role: { select: { key: true, guarded: true } } },
  });
  if (rows.length === 0) return new Set();
  const access = await currentPolicy(tx);
  const above = new Map<string, boolean>();
  for (const { role } of rows)
    if (!above.has(role.key)) above.set(role.key, role.guarded || administers(access, role.key));
  return new Set(rows.filter(({ role }) => above.get(role.key)).map(({ userId }) => userId));
}

/** The same for one, unless the client's token says otherwise. */
export async function refuseOutOfReach(
  tx: Tx,
  client: ClientActor,
  at: Date,
  user: { id: string; username: string },
): Promise<void> {
  if (client.scopes.includes("administrators")) return;
  if ((await outOfReach(tx, at, [user.id])).has(user.id)) throwIf(reachRefusal(user.username));
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
