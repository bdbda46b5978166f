import { assignNewUser } from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import type { Provider } from "#lib/providers/index.ts";
import { spendSetupTokens } from "#lib/setup/index.ts";
import { identitySchema, insertUser } from "#lib/users/index.ts";
import { defaultRoles, mappedRoles } from "./mapped-roles.ts";
import { newUsername } from "./new-username.ts";
import { addressMissing } from "./refusals.ts";
import type { Vouched } from "./vouched.ts";

/** An account for somebody whom nobody knows here yet. It has no password. */
export async function addNewcomer(tx: Tx, call: Call, provider: Provider, vouched: Vouched) {
  const owner = (await tx.user.findFirst({ select: { id: true } })) === null;
  const identity = identitySchema.safeParse({
    username: await newUsername(tx, vouched),
    email: vouched.email,
    givenName: personName(vouched.givenName),
    familyName: personName(vouched.familyName),
  });
  if (!identity.success) throw addressMissing(provider);
  const { username } = identity.data;
  const { id } = await insertUser(tx, identity.data, null, call.at);
  const given = { actor: call.actor, at: call.at, userId: id };
  if (owner) {
    // Whoever comes first to an empty installation owns it, as with the set-up link, which opens nothing any more.
    await spendSetupTokens(tx);
    const { catalogue } = await currentPolicy(tx);
    await assignNewUser(tx, { ...given, roles: catalogue.firstUserRoles, source: "setup" });
    return { id, username, how: "owner" as const };
  }
  const source = provider.syncRoles ? "idp" : "sign-up";
  await assignNewUser(tx, { ...given, roles: await firstRoles(tx, provider, vouched), source });
  return { id, username, how: "created" as const };
}

/** What the provider's rules make, from the very first sign-in; where they cannot be read it is the default role. */
async function firstRoles(tx: Tx, provider: Provider, { claims, unread }: Vouched): Promise<string[]> {
  const access = await currentPolicy(tx);
  const mapping = unread ? undefined : mappedRoles(access, provider, claims);
  return mapping?.kind === "roles" ? mapping.roles : defaultRoles(access, provider);
}

/** Names are for people to read: what cannot be shown is left out, and so is what is too long. */
const personName = (name = "") =>
  name
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 100);
