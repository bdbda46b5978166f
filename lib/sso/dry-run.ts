import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { goneRoles, liveRules } from "./mapped-roles.ts";
import { type TriedPerson, triedPeople, type WantedMapping } from "./tried-people.ts";

/** What would become of somebody: losing counts before gaining, since that is what hurts. */
export type Fate = "loses" | "gains" | "stays" | "unread";
export const fates: readonly Fate[] = ["loses", "gains", "stays", "unread"];

export interface DryRun {
  /** Everybody known at the provider. */
  known: number;
  counts: Record<Fate, number>;
  /** People who are here but have never come through the provider: nothing changes for them. */
  unknown: number;
  /** Of the fate asked for, by username. */
  rows: TriedPerson[];
  /** Where the next page begins; absent on the last. */
  next?: string;
  /** Roles that the mapping names and that are not there any more: their rules are passed over. */
  gone: string[];
  /** No rule is left that could give anything: nobody's roles would change. */
  idle: boolean;
}

interface Asked {
  mapping: WantedMapping;
  at: number;
  show?: Fate | undefined;
  after?: string | undefined;
  size?: number;
}

/** What a mapping would do to everybody known at its provider, by the claims of their latest sign-in. Changes nothing. */
export async function dryRun(reader: Reader, access: ActivePolicy, asked: Asked): Promise<DryRun> {
  const { mapping, at, show, after = "", size = 25 } = asked;
  const counts: Record<Fate, number> = { loses: 0, gains: 0, stays: 0, unread: 0 };
  const idle = liveRules(access, mapping).length === 0;
  const rows: TriedPerson[] = [];
  let known = 0;
  let reached = after;
  let more = false;
  for await (const { usernameKey, beyond, ...found } of triedPeople(reader, access, { mapping, at, after })) {
    const person = idle ? { ...found, after: found.held, gains: [], loses: [] } : found;
    const fate = fateOf(person);
    counts[fate]++;
    known++;
    if (!beyond || (show && fate !== show)) continue;
    if (rows.length === size) more = true;
    else {
      rows.push(person);
      reached = usernameKey;
    }
  }
  const everybody = await reader.user.count();
  const page = { rows, ...(more && { next: reached }) };
  return { known, counts, unknown: everybody - known, ...page, gone: goneRoles(access, mapping), idle };
}

function fateOf({ unread, gains, loses }: TriedPerson): Fate {
  if (unread) return "unread";
  if (loses.length > 0) return "loses";
  return gains.length > 0 ? "gains" : "stays";
}
