import * as fc from "fast-check";
import type { Window } from "../catalogue.ts";
import type { Law } from "./law.ts";
import { isInside } from "./reference-time.ts";
import { instants, windows } from "./worlds.ts";

/** Hours that are often the same but for one edge. */
const pairs = windows.chain((wide) =>
  fc.tuple(
    fc.constant(wide),
    windows.map(
      ({ days, from, to }): Window => ({
        ...wide,
        days: [...wide.days.slice(1), ...days.slice(1)],
        from,
        to,
      }),
    ),
  ),
);

export const hours: Law<[pair: [Window, Window], at: number[]]> = {
  title: "hours that others cover are never open alone",
  usual: 2000,
  examples: fc.tuple(pairs, fc.array(instants, { minLength: 20, maxLength: 20 })),
  breach(engine, [[wide, narrow], at]) {
    if (!engine.windowCovers(wide, narrow)) return undefined;
    const alone = at.find(
      (instant) => isInside(narrow, instant) === "yes" && isInside(wide, instant) !== "yes",
    );
    return alone === undefined ? undefined : `${JSON.stringify([wide, narrow])} at ${alone}`;
  },
};
