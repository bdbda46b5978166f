import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { check, type Policy, type Subject } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

/** Enough for some collections of garbage if each call leaves the smallest object there is. */
const calls = 2_000_000;

/** How often the garbage of these calls was collected; none of it waits for anything, so no other's is in it. */
async function collections(call: () => unknown): Promise<number> {
  for (let i = 0; i < 50_000; i++) call();
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  for (let i = 0; i < calls; i++) call();
  // They are told of a little later.
  for (let turn = 0; turn < 4; turn++) await setImmediate();
  observer.disconnect();
  return count;
}

test("a check without reasons allocates nothing, once its subject was asked about", async () => {
  const policy: Policy = policyOf(
    ["see", "edit", "drop"],
    [
      role("top", { inherits: ["base"], grants: full("see") }),
      role("base", { grants: [limited("edit", { scope: "team", where: [] })] }),
    ],
  );
  const ann: Subject = { ...holding("top", "base"), teams: ["red"] };
  const red = { team: "red" };
  const kept: unknown[] = [];
  // One may have been due before.
  for (const permission of ["see", "edit", "drop"])
    expect(await collections(() => check(policy, ann, permission, noon, red))).toBeLessThanOrEqual(1);
  expect(await collections(() => (kept[0] = [red]))).toBeGreaterThan(4);
});
