import * as fc from "fast-check";
import { expect, test } from "vitest";
import { laws } from "./reference/laws.ts";
import { engineWith, mutants } from "./reference/mutants.ts";
import { patience } from "./reference/runs.ts";

test.each(mutants.map((mutant) => ({ title: mutant[0], mutant })))(
  "a law is broken when $title",
  { timeout: patience },
  async ({ mutant }) => {
    const engine = await engineWith(mutant);
    const { examples, breach } = laws[mutant[4] ?? "agreement"];
    const outcome = fc.check(
      fc.property(examples, (example) => breach(engine, example) === undefined),
      { numRuns: 20_000, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  },
);
