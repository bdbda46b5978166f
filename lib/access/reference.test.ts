import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as access from "./index.ts";
import { laws } from "./reference/laws.ts";
import { patience, runs } from "./reference/runs.ts";
import { windowCovers } from "./window-covers.ts";

test(`T05, T06, T07, T09, T10, T13, U02 (engine) ${runs(200_000)} decisions are those of the reference, with residual filter, rank and API access`, {
  timeout: patience,
}, () => {
  let decisions = 0;
  const decide: typeof access.decide = (...question) => {
    decisions++;
    return access.decide(...question);
  };
  const { examples, breach, usual } = laws.agreement;
  fc.assert(
    fc.property(examples, (example) => {
      expect(breach({ ...access, windowCovers, decide }, example)).toBeUndefined();
    }),
    { numRuns: runs(usual) },
  );
  expect(decisions).toBeGreaterThanOrEqual(runs(200_000));
});

const others = Object.values(laws).filter((law) => law !== laws.agreement);
test.each(others)("$title", { timeout: patience }, ({ examples, breach, usual }) => {
  fc.assert(
    fc.property(examples, (example) => {
      expect(breach({ ...access, windowCovers }, example)).toBeUndefined();
    }),
    { numRuns: runs(usual) },
  );
});
