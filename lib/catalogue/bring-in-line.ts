import { z } from "zod";
import type { Catalogue } from "#lib/access/index.ts";
import { refuseLockout } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { policyChanged } from "#lib/policy/index.ts";
import { bringPermissionsInLine, dropEmptyGroups } from "./bring-permissions-in-line.ts";
import { bringRolesInLine } from "./bring-roles-in-line.ts";

/**
 * Makes the database say what the catalogue says. Run twice it changes nothing the second time.
 * Custom roles, and the grants of unlocked built-in roles that an administrator edited, stay as they are.
 */
export const bringInLine = defineCommand({
  name: "load catalogue",
  needs: "system",
  changesAccess: true,
  patient: true,
  input: z.custom<Catalogue>(),
  async run({ tx, call }, catalogue) {
    const before = await tx.policy.findUnique({
      where: { id: 1 },
      select: { catalogue: true, version: true },
    });
    if (before && before.catalogue !== catalogue.catalogue)
      throw otherCatalogue(before.catalogue, catalogue.catalogue);
    await storeDocument(tx, catalogue, call.at);
    const retired = await bringPermissionsInLine(tx, catalogue);
    const released = await bringRolesInLine(tx, catalogue, call.at);
    await policyChanged(tx);
    await dropEmptyGroups(tx, catalogue);
    // Before the set-up nobody is there to be locked out.
    if ((await tx.user.findFirst({ select: { id: true } })) !== null) await refuseLockout(tx, call.at);
    return {
      target: { kind: "catalogue", name: catalogue.catalogue },
      after: { permissions: catalogue.permissions.length, roles: catalogue.roles.length, retired, released },
      result: { retired, released },
    };
  },
});

async function storeDocument(tx: Tx, catalogue: Catalogue, at: Date): Promise<void> {
  const row = { catalogue: catalogue.catalogue, document: catalogue, loadedAt: at };
  await tx.policy.upsert({ where: { id: 1 }, create: { id: 1, ...row }, update: row, select: { id: true } });
}

function otherCatalogue(present: string, wanted: string): StartError {
  return new StartError(
    "other_catalogue",
    `This database holds the access model "${present}", not "${wanted}": start with BAILIWICK_CATALOGUE=${present}, or give "${wanted}" a database or data folder of its own.`,
  );
}
