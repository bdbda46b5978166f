import { expect, test } from "vitest";
import { depth, story } from "#test/depth.ts";
import { run } from "./run.ts";
import type { Tally } from "./walk.ts";

/** The same story in every test run; `npm run soak` tells longer ones of its own, and replays one by its seed. */
const { seed = 1, from } = story();
const steps = depth("walkSteps");

const everywhere = [
  ...["sign_in_required", "missing_capability"],
  ...["own_role", "own_account", "own_session", "inactive_user", "edit_conflict", "taken"],
  ...["locked_role", "built_in_role", "user_not_found", "role_not_found", "no_live_session", "no_factor"],
  ...["bad_reset_link", "bad_credentials", "weak_password", "password_reused", "wrong_password"],
  ...["sign_up_off", "already_set_up"],
  ...["already_held", "already_decided", "request_not_found"],
];

/**
 * Walks one catalogue.
 * @param more reasons that occur in this story besides those of every story; each reason is in one of the five at least
 */
export function walked(catalogue: string, more: readonly string[]): void {
  test(`${catalogue}: product and model agree on ${steps} random steps`, {
    timeout: 120_000 + steps * 400,
  }, async () => {
    const begun = performance.now();
    const { tally, difference, steps: made } = await run(catalogue, seed, steps, from);
    const each = ((performance.now() - begun) / made).toFixed(1);
    console.info(`${catalogue}, seed ${seed}: ${made} steps of ${each} ms; ${summary(tally)}`);
    expect(difference).toBeUndefined();
    // A story in which nothing came about would agree on everything.
    if (steps >= 1_000) expect(tally.get("done")).toBeGreaterThan(steps / 4);
    const missing = [...everywhere, ...more].filter((reason) => !tally.has(reason));
    if (from === 0 && steps >= 2_500) expect(missing).toEqual([]);
  });
}

function summary(tally: Tally): string {
  const total = tally.get("operations") ?? 0;
  const reasons = [...tally].filter(([key]) => !key.includes(":") && key !== "operations");
  const shares = reasons.sort(([, one], [, other]) => other - one).map(([key, count]) => `${key} ${count}`);
  return `${total} operations: ${shares.join(", ")}`;
}
