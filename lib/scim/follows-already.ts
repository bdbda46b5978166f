import { heldRows } from "#lib/assignments/index.ts";
import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import { holdsAccess, type Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { enabledAmong, providersOf, valuesAt } from "#lib/providers/index.ts";
import { keepsRoles } from "#lib/sso/index.ts";
import type { Attributes } from "./attributes.ts";
import { isOutOfReach } from "./reach.ts";
import { describePeople, syncingOf } from "./sync-people.ts";

/**
 * Whether somebody's roles need not be worked out again after what is stored of them changed: no rule reads what
 * changed, and they hold what the rules give. Whoever changes groups at the same instant, and read the old attributes,
 * came to the same roles then. The caller holds the providers as they are, and the user's row.
 * @param before what was stored of them
 */
export async function followsAlready(
  tx: Tx,
  call: Call,
  client: ClientActor,
  before: { id: string; resource: Attributes },
): Promise<boolean> {
  if (client.provider === "") return true;
  // Whoever has the lock works them out, and says so on the provider's page.
  if (holdsAccess(tx)) return false;
  const access = await currentPolicy(tx);
  const providers = await providersOf(tx, access);
  const provider = enabledAmong(providers, client.provider);
  if (!provider?.syncRoles) return true;
  const held = await heldRows(tx, before.id, call.at);
  if (!syncingOf(client).administrators && isOutOfReach(access, held)) return true;
  const [person] = await describePeople(tx, [before.id]);
  if (!person) return false;
  const read = (claims: Attributes) =>
    JSON.stringify(provider.rules.map(({ claim }) => valuesAt(claims, claim)));
  if (read(before.resource) !== read({ ...person.claims, groups: before.resource.groups })) return false;
  return keepsRoles({ provider, providers, access, source: "scim" }, call.at, { ...person, held });
}
