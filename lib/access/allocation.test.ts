import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Runs in a process of its own, whose young objects have one megabyte: there each collection of garbage counts. */
const program = `
  import { PerformanceObserver } from "node:perf_hooks";
  import { setImmediate } from "node:timers/promises";
  import { check } from "#lib/access/index.ts";
  import { full, holding, limited, noon, policyOf, role } from "#lib/access/reference/examples.ts";

  const policy = policyOf(
    ["see", "edit", "drop"],
    [
      role("top", { inherits: ["base"], grants: full("see") }),
      role("base", { grants: [limited("edit", { scope: "team", where: [] })] }),
    ],
  );
  const ann = { ...holding("top", "base"), teams: ["red"] };
  const red = { team: "red" };
  let count = 0;
  new PerformanceObserver((list) => (count += list.getEntries().length)).observe({ entryTypes: ["gc"] });

  async function collections(call) {
    const told = async () => { for (let turn = 0; turn < 4; turn++) await setImmediate(); };
    for (let i = 0; i < 50_000; i++) call();
    let fewest = Infinity;
    // Code that is not optimised yet leaves numbers behind, and a busy machine optimises late.
    for (let round = 0; round < 10 && fewest > 0; round++) {
      await told();
      count = 0;
      for (let i = 0; i < 500_000; i++) call();
      await told();
      fewest = Math.min(fewest, count);
    }
    return fewest;
  }

  const checking = (permission) => collections(() => check(policy, ann, permission, noon, red));
  const kept = [];
  console.log(JSON.stringify({
    see: await checking("see"),
    edit: await checking("edit"),
    drop: await checking("drop"),
    littering: await collections(() => { kept[0] = {}; }),
  }));
`;

test("a check without reasons allocates nothing, once its subject was asked about", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--max-semi-space-size=1",
    "--input-type=module-typescript",
    "--disable-warning=ExperimentalWarning",
    "--eval",
    program,
  ]);
  const { littering, ...checks } = JSON.parse(stdout);
  // The smallest object that each call leaves is noticed.
  expect(littering).toBeGreaterThan(4);
  // One collection may have been due.
  for (const collected of Object.values(checks)) expect(collected).toBeLessThanOrEqual(1);
});
