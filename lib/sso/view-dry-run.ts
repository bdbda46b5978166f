import { can } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { type DryRun, dryRun } from "./dry-run.ts";
import { mappingOf } from "./refuse-brake.ts";
import { viewDryRunSchema } from "./schema.ts";
import { findProvider } from "./stored-provider.ts";

export interface DryRunView extends DryRun {
  /** How a role reads, by key. */
  labels: Record<string, string>;
  /** Whoever may not see users sees how many, and not who. */
  named: boolean;
}

/** What the stored rules would do to everybody known at the provider. */
export const viewDryRun = defineQuery({
  name: "view dry run of role sync",
  needs: "manageSettings",
  input: viewDryRunSchema,
  async run({ reader, actor, at }, { slug, show, after }): Promise<DryRunView> {
    const draft = await findProvider(reader, slug);
    const named = can(actor, "viewUsers", at);
    const asked = { mapping: mappingOf(draft), at, show, after, size: named ? 25 : 0 };
    const { rows, ...found } = await dryRun(reader, requireUser(actor).access, asked);
    return { ...found, rows: named ? rows : [], labels: await labelsOf(reader), named };
  },
});

async function labelsOf(reader: Reader): Promise<Record<string, string>> {
  const roles = await reader.role.findMany({ select: { key: true, label: true } });
  return Object.fromEntries(roles.map(({ key, label }) => [key, label]));
}
