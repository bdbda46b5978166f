import { doAfterwards } from "#lib/kernel/afterwards.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { once } from "#lib/kernel/registry.ts";
import { findDueProviders, syncDuePeople } from "./sync-due-people.ts";
import { type Syncing, syncedAtOnce, syncingOf } from "./sync-people.ts";

/** Goes on in one piece for so many steps; what is more is housekeeping's, a minute later. */
const mostSteps = 50;

/**
 * Goes on with the people who were too many for the transaction of a request: whoever loses something by it has lost it
 * when this returns, and whoever only gains gets it soon afterwards. Each step is a transaction of its own, so that others
 * who change access come in between.
 */
export async function finishSync(call: Call, left: readonly string[]): Promise<void> {
  const { actor } = call;
  if (left.length === 0 || actor.kind !== "client") return;
  const by: Call = { ...call, actor: { kind: "system", name: actor.name } };
  const syncing = syncingOf(actor);
  let done = 0;
  for (let from = 0; from < left.length; from += syncedAtOnce) {
    const losing = left.slice(from, from + syncedAtOnce);
    done += (await runCommand(syncDuePeople, { ...by, at: new Date() }, { ...syncing, losing })).people;
  }
  if (done < left.length) syncSoon(by, syncing);
}

/** One run a provider and process, however many requests ask for it; one that asks meanwhile makes it look once more. */
function syncSoon(by: Call, syncing: Syncing): void {
  const running = once("scim sync", () => new Map<string, { again: boolean }>());
  const key = JSON.stringify(syncing);
  const present = running.get(key);
  if (present) {
    present.again = true;
    return;
  }
  const run = { again: true };
  running.set(key, run);
  doAfterwards(async () => {
    try {
      for (let step = 0; step < mostSteps && run.again; step += 1) {
        run.again = false;
        const { left } = await runCommand(syncDuePeople, { ...by, at: new Date() }, syncing);
        run.again ||= left;
      }
    } finally {
      running.delete(key);
    }
  }, "after: provisioned groups");
}

/** For housekeeping: whoever is left from a request that was cut off. */
export async function syncOverdue(at: Date, stopped?: AbortSignal): Promise<void> {
  const call = systemCall("housekeeping", at);
  for (const provider of await runQuery(findDueProviders, call, {})) {
    let left = true;
    while (left && !stopped?.aborted)
      ({ left } = await runCommand(syncDuePeople, systemCall("housekeeping"), { provider }));
  }
}
