import { z } from "zod";
import { systemCall } from "#lib/kernel/call.ts";
import { defineCommand, defineQuery, runCommand, runQuery } from "#lib/kernel/operation.ts";
import { duePeople, syncedAtOnce, syncNow } from "./sync-people.ts";

/** Goes on with those who were too many for one transaction: the next few of one provider. Answers whether more are left. */
export const syncDuePeople = defineCommand({
  name: "sync provisioned people",
  needs: "system",
  changesAccess: true,
  input: z.object({ provider: z.string(), administrators: z.boolean().default(false) }),
  async run({ tx, call }, syncing) {
    const ids = await duePeople(tx, syncing.provider, syncedAtOnce);
    await syncNow(tx, call, syncing, ids);
    return {
      target: { kind: "settings", name: `Provisioning by ${syncing.provider}` },
      after: { people: ids.length },
      result: { left: ids.length === syncedAtOnce },
    };
  },
});

export const findDueProviders = defineQuery({
  name: "find providers with people to sync",
  needs: "system",
  input: z.object({}),
  async run({ reader }) {
    const where = { rolesDue: true };
    const rows = await reader.scimUser.groupBy({ by: ["provider"], where });
    return rows.map(({ provider }) => provider);
  },
});

/** For housekeeping: whoever is left from a request that was cut off. */
export async function syncOverdue(at: Date): Promise<void> {
  const call = systemCall("housekeeping", at);
  for (const provider of await runQuery(findDueProviders, call, {}))
    while ((await runCommand(syncDuePeople, call, { provider })).left);
}
