import * as fc from "fast-check";
import { expect, test } from "vitest";
import { differenceIn } from "./reference/agreement.ts";
import { engineWith, mutants } from "./reference/mutants.ts";
import { patience } from "./reference/runs.ts";
import { worlds } from "./reference/worlds.ts";

test.each(mutants.map((mutant) => ({ title: mutant[0], mutant })))(
  "the comparison with the reference notices when $title",
  { timeout: patience },
  async ({ mutant }) => {
    const engine = await engineWith(mutant);
    const outcome = fc.check(
      fc.property(worlds, (world) => differenceIn(engine, world) === undefined),
      { numRuns: 20_000, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  },
);
