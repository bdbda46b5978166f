import { z } from "zod";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { syncedAtOnce, syncNow } from "./sync-people.ts";

/**
 * Goes on with those who were too many for one transaction: the next few of one provider, or of these people the ones
 * who lose something. Whoever is not marked any more was done elsewhere. Answers whether more may be left.
 */
export const syncDuePeople = defineCommand({
  name: "sync provisioned people",
  needs: "system",
  changesAccess: true,
  input: z.object({
    provider: z.string(),
    administrators: z.boolean().default(false),
    losing: z.array(z.uuid()).max(syncedAtOnce).optional(),
  }),
  async run({ tx, call }, { losing, ...syncing }) {
    const due = await tx.scimUser.findMany({
      where: { rolesDue: true, provider: syncing.provider, ...(losing && { userId: { in: losing } }) },
      select: { userId: true },
      orderBy: { userId: "asc" },
      take: syncedAtOnce,
    });
    const ids = due.map(({ userId }) => userId);
    // Where the provider does not sync any more, nothing is due.
    const synced = (await syncNow(tx, call, syncing, ids, { onlyLosing: losing !== undefined })) ?? ids;
    await tx.scimUser.updateMany({ where: { userId: { in: synced } }, data: { rolesDue: false } });
    return {
      target: { kind: "settings", name: `Provisioning by ${syncing.provider}` },
      after: { people: synced.length },
      result: { people: synced.length, left: ids.length === syncedAtOnce },
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
