import {
  type Exchange,
  type HeldRow,
  isMove,
  isNothing,
  lastingOf,
  planExchange,
  refuseExchange,
  type SyncSource,
} from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { type AuditEntry, writeAudits } from "#lib/kernel/audit.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import type { Claims, Provider, Unread } from "#lib/providers/index.ts";
import { exchangeOrKeep } from "./exchange-or-keep.ts";
import { losing } from "./loses.ts";
import { goneRoles, liveRules, mappedRoles } from "./mapped-roles.ts";
import { rolesAfter, rolesTheyGive } from "./roles-after.ts";

export interface SyncedPerson {
  userId: string;
  username: string;
  claims: Claims;
  /** Something that was to be asked did not answer. */
  unread?: Unread | undefined;
  /** All that they hold. */
  held: readonly HeldRow[];
}

/** Whose word is followed. `providers`: all that there are; `access`: the present policy. */
export interface Syncing {
  provider: Provider;
  providers: readonly Provider[];
  access: ActivePolicy;
  source: SyncSource;
  /** Only those who lose something by it; the others stay as they are, and are not in the answer. */
  onlyLosing?: boolean | undefined;
}

export interface SyncResult {
  outcome: "changed" | "unchanged" | Unread | "last_holder" | "no_sync";
  /** Keys of roles. */
  added: string[];
  removed: string[];
}

/** Somebody with what the provider's word comes to for them. */
type Read = SyncedPerson & ({ kind: "unread"; why: Unread } | Followed);
interface Followed {
  kind: "followed";
  /** Keys of the lasting roles before and after. */
  had: string[];
  has: string[];
  given: string[];
  exchange: Exchange;
}

/**
 * Makes the lasting roles of users what their identity provider says, and ends the sessions of those whom that changes:
 * as many statements for one user as for many. What cannot be read changes nothing, and neither does what would leave
 * nobody to manage users: the answer, the identity and the trail say so, and the rest goes on.
 * The caller holds the access lock.
 * @returns by user id
 */
export async function syncRoles(
  tx: Tx,
  call: Call,
  syncing: Syncing,
  people: readonly SyncedPerson[],
): Promise<ReadonlyMap<string, SyncResult>> {
  const { provider, access, source } = syncing;
  // Without a rule the provider says nothing of roles, which is not the same as the default role for everybody.
  if (!provider.syncRoles || liveRules(access, provider).length === 0)
    return new Map(people.map(({ userId }) => [userId, without("no_sync")]));
  const read = readPeople(syncing, call.at, people);
  const by = { actor: call.actor, at: call.at, source, givenBy: provider.label };
  const exchanges = read.flatMap((one) => (one.kind === "followed" ? one.exchange : []));
  const kept = await exchangeOrKeep(tx, { call, access, by }, exchanges);
  const gone = goneRoles(access, provider);
  await writeAudits(
    tx,
    call,
    read.flatMap((one) => eventOf(one, { label: provider.label, gone, kept: kept.get(one.userId) }) ?? []),
  );
  const results = new Map(read.map((one) => [one.userId, resultOf(one, kept.has(one.userId))]));
  await noteOutcomes(tx, call.at, provider.slug, results);
  return results;
}

/** Whether the provider's word can be followed by leaving somebody's assignments as they are. */
export function keepsRoles(syncing: Syncing, at: Date, person: SyncedPerson): boolean {
  if (liveRules(syncing.access, syncing.provider).length === 0) return true;
  return readPeople(syncing, at, [person]).every((one) => one.kind === "followed" && isNothing(one.exchange));
}

const without = (outcome: SyncResult["outcome"]): SyncResult => ({ outcome, added: [], removed: [] });

function readPeople(
  { provider, providers, access, source, onlyLosing }: Syncing,
  at: Date,
  people: readonly SyncedPerson[],
): Read[] {
  const syncing = providers.filter((one) => one.enabled && one.syncRoles);
  const theyGive = rolesTheyGive(access, [provider, ...syncing]);
  const loses = losing(access, at);
  const read = people.map((person): Read => {
    const { userId, held, claims, unread } = person;
    const mapping = unread ? { kind: "unread" as const, why: unread } : mappedRoles(access, provider, claims);
    if (mapping.kind === "unread") return { ...person, kind: "unread", why: mapping.why };
    const lasting = lastingOf(held).map(({ role }) => role);
    const { roles, kept } = rolesAfter(access, lasting, mapping.roles, theyGive);
    const exchange = planExchange(userId, held, { roles, kept }, { at, source });
    const had = [...new Set(lasting.map(({ key }) => key))];
    const staying = lasting.map(({ key }) => key).filter((key) => kept.includes(key));
    if (isMove(exchange)) refuseExchange(access.catalogue.assignment, [...staying, ...roles]);
    return { ...person, kind: "followed", had, has: [...kept, ...roles], given: roles, exchange };
  });
  return onlyLosing ? read.filter((one) => one.kind === "followed" && loses(one.exchange, one.given)) : read;
}

/** The trail's own row of a sync, beside the one of what brought it. */
function eventOf(
  read: Read,
  { label, gone, kept }: { label: string; gone: string[]; kept: string | undefined },
): AuditEntry | undefined {
  const target = { kind: "user", id: read.userId, name: read.username } as const;
  const event = { action: "sync roles", target };
  if (read.kind === "unread")
    return { ...event, outcome: "refused", reason: read.why, after: { provider: label } };
  if (!isMove(read.exchange)) return undefined;
  const states = {
    before: { roles: read.had },
    after: { provider: label, roles: read.has, ...(gone.length > 0 && { gone }) },
  };
  return kept === undefined
    ? { ...event, outcome: "done", ...states }
    : { ...event, outcome: "refused", reason: kept, ...states };
}

function resultOf(read: Read, kept: boolean): SyncResult {
  if (read.kind === "unread") return without(read.why);
  if (!isMove(read.exchange)) return without("unchanged");
  if (kept) return without("last_holder");
  const { had, has } = read;
  return {
    outcome: "changed",
    added: has.filter((role) => !had.includes(role)),
    removed: had.filter((role) => !has.includes(role)),
  };
}

/** What came of it, for the settings page. */
async function noteOutcomes(
  tx: Tx,
  at: Date,
  provider: string,
  results: ReadonlyMap<string, SyncResult>,
): Promise<void> {
  const outcomes = Map.groupBy(results, ([, { outcome }]) => outcome);
  for (const [syncOutcome, users] of outcomes)
    await tx.identity.updateMany({
      where: { userId: { in: users.map(([id]) => id) }, provider },
      data: { syncedAt: at, syncOutcome },
    });
}
