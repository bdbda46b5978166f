import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { check, type Policy, type Subject } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

interface Garbage {
  collected: number;
  batches: number;
}

/** Calls again and again, and counts how often garbage had to be collected. */
async function collect(call: () => unknown, goOn: (so: Garbage) => boolean): Promise<Garbage> {
  const so = { collected: 0, batches: 0 };
  const observer = new PerformanceObserver((list) => {
    so.collected += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  for (; goOn(so); so.batches++) {
    for (let i = 0; i < 250_000; i++) call();
    // Collections are told of a little later.
    for (let turn = 0; turn < 3; turn++) await setImmediate();
  }
  observer.disconnect();
  return so;
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
  const littering = await collect(
    () => {
      kept[0] = [red];
    },
    ({ collected }) => collected < 5,
  );
  // Three times as many calls: the smallest object that each left would be noticed. One collection may have been due.
  for (const permission of ["see", "edit", "drop"]) {
    const { collected } = await collect(
      () => check(policy, ann, permission, noon, red),
      ({ batches }) => batches < 3 * littering.batches,
    );
    expect(collected).toBeLessThanOrEqual(1);
  }
});
