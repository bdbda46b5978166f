import { lastingRows, type SyncSource } from "#lib/assignments/index.ts";
import { type AuditEntry, writeAudit } from "#lib/kernel/audit.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Claims, type Provider, providersOf, type Unread } from "#lib/providers/index.ts";
import { findTarget } from "#lib/users/index.ts";
import { exchangeOrKeep } from "./exchange-or-keep.ts";
import { goneRoles, liveRules, mappedRoles } from "./mapped-roles.ts";
import { rolesAfter, rolesTheyGive } from "./roles-after.ts";

export interface SyncedPerson {
  userId: string;
  provider: Provider;
  claims: Claims;
  /** Something that was to be asked did not answer. */
  unread?: Unread | undefined;
  source: SyncSource;
}

export interface SyncResult {
  outcome: "changed" | "unchanged" | Unread | "last_holder" | "no_sync";
  /** Keys of roles. */
  added: string[];
  removed: string[];
}

/**
 * Makes somebody's lasting roles what their identity provider says, and ends their sessions when that changes them.
 * What cannot be read changes nothing, and neither does what would leave nobody to manage users: the answer, the
 * identity and the trail say so, and signing in goes on. The caller holds the access lock.
 */
export async function syncRoles(tx: Tx, call: Call, person: SyncedPerson): Promise<SyncResult> {
  const { userId, provider, claims, unread } = person;
  const access = await currentPolicy(tx);
  // Without a rule the provider says nothing of roles, which is not the same as the default role for everybody.
  if (!provider.syncRoles || liveRules(access, provider).length === 0) return without("no_sync");
  const mapping = unread ? ({ kind: "unread", why: unread } as const) : mappedRoles(access, provider, claims);
  const result =
    mapping.kind === "roles"
      ? await follow(tx, call, person, mapping.roles)
      : await leave(tx, call, person, mapping.why);
  const said = { syncedAt: call.at, syncOutcome: result.outcome };
  await tx.identity.updateMany({ where: { userId, provider: provider.slug }, data: said });
  return result;
}

const without = (outcome: SyncResult["outcome"]): SyncResult => ({ outcome, added: [], removed: [] });

async function leave(tx: Tx, call: Call, person: SyncedPerson, why: Unread): Promise<SyncResult> {
  await record(tx, call, person, { outcome: "refused", reason: why });
  return without(why);
}

async function follow(
  tx: Tx,
  call: Call,
  person: SyncedPerson,
  mapped: readonly string[],
): Promise<SyncResult> {
  const { userId, provider, source } = person;
  const access = await currentPolicy(tx);
  const held = (await lastingRows(tx, userId, call.at)).map(({ role }) => role);
  const syncing = (await providersOf(tx)).filter((one) => one.enabled && one.syncRoles);
  const after = rolesAfter(access, held, mapped, rolesTheyGive(access, [provider, ...syncing]));
  const exchanged = await exchangeOrKeep(tx, call, { userId, ...after, source, givenBy: provider.label });
  if (exchanged.kind === "unchanged") return without("unchanged");

  const [had, has] = [[...new Set(held.map(({ key }) => key))], [...after.kept, ...after.roles]];
  const gone = goneRoles(access, provider);
  const states = { before: { roles: had }, after: { roles: has, ...(gone.length > 0 && { gone }) } };
  if (exchanged.kind === "kept") {
    await record(tx, call, person, { outcome: "refused", reason: exchanged.rule, ...states });
    return without("last_holder");
  }
  await record(tx, call, person, { outcome: "done", ...states });
  return {
    outcome: "changed",
    added: has.filter((role) => !had.includes(role)),
    removed: had.filter((role) => !has.includes(role)),
  };
}

/** The trail's own row of a sync, beside the sign-in that brought it. */
async function record(
  tx: Tx,
  call: Call,
  { userId, provider }: SyncedPerson,
  entry: Omit<AuditEntry, "action" | "target">,
): Promise<void> {
  const { username } = await findTarget(tx, userId);
  const after = { provider: provider.label, ...entry.after };
  const target = { kind: "user", id: userId, name: username } as const;
  await writeAudit(tx, call, { action: "sync roles", target, ...entry, after });
}
