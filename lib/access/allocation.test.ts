import { expect, test } from "vitest";
import { check, type Policy, type Subject } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const checks = 50_000;

/** Bytes of heap for each call: the median of some tries, because a collection in between may hide or add a few. */
function bytesOf(call: () => unknown): number {
  const tries: number[] = [];
  for (let n = 0; n < 9; n++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < checks; i++) call();
    tries.push((process.memoryUsage().heapUsed - before) / checks);
  }
  return tries.toSorted((a, b) => a - b)[4] as number;
}

test("a check without reasons allocates nothing, once its subject was asked about", () => {
  const policy: Policy = policyOf(
    ["see", "edit", "drop"],
    [
      role("top", { inherits: ["base"], grants: full("see") }),
      role("base", { grants: [limited("edit", { scope: "team", where: [] })] }),
    ],
  );
  const ann: Subject = { ...holding("top", "base"), teams: ["red"] };
  const red = { team: "red" };
  for (const permission of ["see", "edit", "drop"])
    expect(bytesOf(() => check(policy, ann, permission, noon, red))).toBeLessThan(2);
  expect(bytesOf(() => ({ ...red }))).toBeGreaterThan(2);
});
