import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as access from "./index.ts";
import { laws } from "./reference/laws.ts";
import { patience, runs } from "./reference/runs.ts";
import { windowCovers } from "./window-covers.ts";

test.each(Object.values(laws))("$title", { timeout: patience }, ({ examples, breach, usual }) => {
  fc.assert(
    fc.property(examples, (example) => {
      expect(breach({ ...access, windowCovers }, example)).toBeUndefined();
    }),
    { numRuns: runs(usual) },
  );
});
