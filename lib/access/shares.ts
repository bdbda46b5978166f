import { hasBit } from "./bits.ts";
import type { Window } from "./catalogue.ts";
import { type CompiledLimit, type CompiledRole, gatedParts, type Vocabulary } from "./compiled.ts";
import { covers } from "./covers.ts";
import type { AssignmentSource, ResidualLimit, Subject } from "./model.ts";
import { wholeLimit } from "./residual.ts";
import { windowCovers } from "./window-covers.ts";

/** Part of what a permission gives somebody: where, and when. */
export interface Share {
  limit: ResidualLimit;
  start?: number | undefined;
  end?: number | undefined;
  /** All of them must be open. */
  windows: readonly Window[];
}

/** In full. */
export const everywhere: ResidualLimit = { scope: "global", where: [] };

/** Whether `wide` gives all that `narrow` gives, at every instant from `at` on. A yes is certain. */
export function shareCovers(wide: Share, narrow: Share, at: number, vocabulary: Vocabulary): boolean {
  const begun = wide.start === undefined || wide.start <= Math.max(at, narrow.start ?? at);
  const lasting = wide.end === undefined || (narrow.end !== undefined && narrow.end <= wide.end);
  return (
    begun &&
    lasting &&
    wide.windows.every((outer) => narrow.windows.some((inner) => windowCovers(outer, inner))) &&
    covers(wide.limit, narrow.limit, vocabulary)
  );
}

export interface Part {
  part: CompiledRole;
  /** On the way to the part, the role's own among them. */
  windows: readonly Window[];
}

const present = (...windows: (Window | undefined)[]): Window[] =>
  windows.filter((window) => window !== undefined);

/** The parts of a role, each by the way that passes the fewest windows: never more than it gives. */
export function partsBySteps(role: CompiledRole): Part[] {
  const met = new Set([role]);
  const parts: Part[] = [{ part: role, windows: present(role.window) }];
  for (const { part, windows } of parts)
    for (const base of part.gated) {
      if (met.has(base)) continue;
      met.add(base);
      parts.push({ part: base, windows: [...windows, ...present(base.window)] });
    }
  return parts;
}

/** The parts of a role with the windows that no way to them avoids: never less than it gives. */
export const partsAtMost = (role: CompiledRole): Part[] =>
  [...gatedParts(role)].map((part) => ({
    part,
    windows: part === role ? present(role.window) : present(role.window, part.window),
  }));

/**
 * What a part gives of a permission through an assignment.
 * @param subject without one, the ids of organizations and teams are unknown
 * @param isLive which limits count
 */
export function sharesOf(
  { part, windows }: Part,
  bit: number,
  assignment: Partial<AssignmentSource>,
  subject: Partial<Subject> | undefined,
  isLive: (limit: CompiledLimit) => boolean = () => true,
): Share[] {
  const { start, end } = assignment;
  const when = { start, end, windows: [...windows, ...present(assignment.window)] };
  if (hasBit(part.full, bit)) return [{ limit: everywhere, ...when }];
  const limits = (part.limits.get(bit) ?? []).filter(isLive);
  return limits.map((limit) => ({ limit: wholeLimit(limit, assignment, subject), ...when }));
}
