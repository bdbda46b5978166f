import * as fc from "fast-check";
import { expect, test } from "vitest";
import { depth } from "#test/depth.ts";
import { spread } from "#test/spread.ts";
import { engineWith } from "./reference/engine-with.ts";
import { laws } from "./reference/laws.ts";
import { mutants } from "./reference/mutants.ts";
import { patience } from "./reference/runs.ts";

test.each(Object.entries(laws))("without a mistake nothing breaks the law of %s", async (_, law) => {
  const engine = await engineWith(["no mistake", "bits.ts", "(size + 31)", "(31 + size)"]);
  fc.assert(
    fc.property(law.examples, (example) => {
      expect(law.breach(engine, example)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test.each(spread(mutants, depth("engineMutants")).map((mutant) => ({ title: mutant[0], mutant })))(
  "a law is broken when $title",
  { timeout: patience },
  async ({ mutant }) => {
    const engine = await engineWith(mutant);
    const { examples, breach } = laws[mutant[4] ?? "agreement"];
    const outcome = fc.check(
      fc.property(examples, (example) => breach(engine, example) === undefined),
      { numRuns: 200_000, endOnFailure: true },
    );
    // An answer that is wrong, not an engine that throws.
    expect(String(outcome.errorInstance)).toContain("returning false");
  },
);
