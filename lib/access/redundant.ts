import type { CompiledRole, Held, Policy } from "./compiled.ts";
import { gatedParts } from "./compiled.ts";
import type { Subject } from "./model.ts";
import { everywhere, partsAtMost, partsBySteps, type Share, shareCovers, sharesOf } from "./shares.ts";

/** An assignment that adds nothing, and the ids of those that give all that it gives. */
export interface Redundant {
  assignment: string;
  because: readonly string[];
}

/**
 * The assignments without which nothing would change: no permission, limit, API access or rank, now or at any later instant,
 * for as long as the others stay. All that are named can go together; of two that are alike, the later one is named.
 * An assignment that has ended is not named, nor is one that may block.
 * @param at epoch milliseconds: what was before does not count
 */
export function redundant(policy: Policy, subject: Subject, at: number): Redundant[] {
  const held: Held[] = [];
  for (const assignment of subject.assignments) {
    const role = policy.roles.get(assignment.role);
    if (role && (assignment.end === undefined || at < assignment.end)) held.push({ assignment, role });
  }
  const kept = new Set(held);
  for (const one of held.toReversed()) {
    kept.delete(one);
    if (!coveredBy([...kept], one, policy, subject, at)) kept.add(one);
  }
  return held
    .filter((one) => !kept.has(one))
    .map((one) => ({
      assignment: one.assignment.id,
      because: coveredBy([...kept], one, policy, subject, at) ?? [],
    }));
}

/** The ids of those among the others that together give all that one gives; undefined if they do not. */
function coveredBy(
  others: readonly Held[],
  one: Held,
  policy: Policy,
  subject: Subject,
  at: number,
): string[] | undefined {
  if ([...gatedParts(one.role)].some((part) => part.blocks)) return undefined;
  const because = new Set<Held>();
  const isGiven = (gives: (other: Held) => boolean) => {
    const found = [...because, ...others].find(gives);
    if (found) because.add(found);
    return found !== undefined;
  };
  const covers = (wide: Share, narrow: Share) => shareCovers(wide, narrow, at, policy.vocabulary);
  const always = timesOf(one);
  const hasAlways = (wanted: (role: CompiledRole) => boolean) =>
    isGiven((other) => wanted(other.role) && covers(timesOf(other), always));

  const parts = partsAtMost(one.role);
  for (let bit = 0; bit < policy.keys.length; bit++)
    for (const part of parts)
      for (const share of sharesOf(part, bit, one.assignment, subject))
        if (!isGiven((other) => sharesAtLeast(other, bit, subject).some((wide) => covers(wide, share))))
          return undefined;
  if (one.role.rank > 0 && !hasAlways(({ rank }) => rank >= one.role.rank)) return undefined;
  for (const call of callsOf(one.role))
    if (!hasAlways((role) => callsOf(role).includes(call) || role.api === "full")) return undefined;
  return [...because].map(({ assignment }) => assignment.id);
}

/** When the assigned role itself counts: for its rank and API access. */
function timesOf({ assignment, role }: Held): Share {
  const windows = [role.window, assignment.window].filter((window) => window !== undefined);
  return { limit: everywhere, start: assignment.start, end: assignment.end, windows };
}

const sharesAtLeast = ({ role, assignment }: Held, bit: number, subject: Subject): Share[] =>
  partsBySteps(role).flatMap((part) => sharesOf(part, bit, assignment, subject));

function callsOf({ api }: CompiledRole): readonly string[] {
  if (api === "none") return [];
  if (api === "full") return ["everything"];
  return api === "read_only" ? ["reading"] : api.endpoints;
}
