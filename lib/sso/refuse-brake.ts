import { throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import type { Context } from "#lib/kernel/operation.ts";
import type { Draft, Rule } from "#lib/providers/index.ts";
import { brakeRefusal } from "./brake.ts";
import type { WantedMapping } from "./tried-people.ts";

/** The mapping of a provider as it would count: the environment's rules first. */
export function mappingOf(
  { slug, fixedRules, rules, settings }: Pick<Draft, "slug" | "fixedRules" | "rules" | "settings">,
  wanted: readonly Rule[] = rules,
): WantedMapping {
  const { defaultRole } = settings;
  const named = new Set(fixedRules.map(({ role }) => role));
  return {
    slug,
    rules: [...fixedRules, ...wanted.filter(({ role }) => !named.has(role))],
    settings: { defaultRole: typeof defaultRole === "string" ? defaultRole : undefined },
  };
}

/** Lockout, for whatever makes a mapping count or changes one that does. */
export async function refuseBrake(
  { tx, call }: Pick<Context, "call"> & { tx: Tx },
  draft: Draft,
  field?: string,
): Promise<void> {
  if (draft.enabled && draft.syncRoles) throwIf(await brakeRefusal(tx, call.at, mappingOf(draft)), field);
}
