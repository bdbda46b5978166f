import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as access from "./index.ts";
import { differenceIn } from "./reference/agreement.ts";
import { patience, runs } from "./reference/runs.ts";
import { worlds } from "./reference/worlds.ts";

test("the engine answers as the reference does: effect, residual filter, effective permissions, rank, API access", {
  timeout: patience,
}, () => {
  fc.assert(
    fc.property(worlds, (world) => {
      expect(differenceIn(access, world)).toBeUndefined();
    }),
    { numRuns: runs(3000) },
  );
});
