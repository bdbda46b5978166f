import type { Limit, Window } from "./catalogue.ts";
import { compileLimit } from "./compile-limits.ts";
import type { Policy } from "./compiled.ts";
import { covers } from "./covers.ts";
import { wholeLimit } from "./residual.ts";
import { windowCovers } from "./window-covers.ts";

const isUnlimited = (limits: readonly Limit[]): boolean =>
  limits.length === 0 || limits.some(({ scope, where }) => scope === "global" && where.length === 0);

/**
 * What a changed grant gives beyond what it gave: widening is giving, narrowing is taking.
 * @param before the limits until now, none for an unconditional grant; undefined where there was no grant
 * @returns the limits that are new, none of them for an unconditional grant; undefined where nothing is given
 */
export function widened(
  { vocabulary }: Policy,
  before: readonly Limit[] | undefined,
  after: readonly Limit[],
): readonly Limit[] | undefined {
  if (before === undefined) return after;
  if (isUnlimited(before)) return undefined;
  if (isUnlimited(after)) return [];
  const whole = (limit: Limit) => wholeLimit(compileLimit(limit, vocabulary), {}, undefined);
  const old = before.map(whole);
  const given = after.filter((limit) => !old.some((wide) => covers(wide, whole(limit), vocabulary)));
  return given.length > 0 ? given : undefined;
}

/** Whether a role with these hours gives at instants at which it did not. No window: always. A no is certain. */
export const opensMore = (before: Window | undefined, after: Window | undefined): boolean =>
  before !== undefined && !(after !== undefined && windowCovers(before, after));
