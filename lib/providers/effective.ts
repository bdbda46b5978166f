import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { unseal } from "#lib/kernel/seal.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import {
  environmentSlug,
  fixedFields,
  saidEnabled,
  saidRules,
  saidSecret,
  saidSettings,
  saidSync,
} from "./environment.ts";
import type { OidcProvider, Provider, SamlProvider } from "./provider.ts";
import { type ProviderRow, providerRows } from "./rows.ts";
import { oidcSettingsSchema, rulesSchema, samlSettingsSchema } from "./schema.ts";

/** What a client secret is sealed for; its owner is the provider's slug. */
export const secretPurpose = "identity provider";

/**
 * Every provider as it counts now. One whose settings cannot be read any more is not among them: nobody comes in through
 * it. Whoever has the present policy hands it in.
 */
export async function providersOf(reader: Reader | Tx, access?: ActivePolicy): Promise<Provider[]> {
  const rows = await providerRows(reader);
  const order = rolesInOrder(access ?? (await currentPolicy(reader)));
  const said = rows.find(({ slug }) => slug === environmentSlug);
  const here = said?.kind === "saml" ? undefined : fromEnvironment(said, order);
  const stored = rows.filter((row) => row !== said || said.kind === "saml").map(fromRow);
  return [here, ...stored].filter((provider) => provider !== undefined);
}

export async function enabledProvider(reader: Reader | Tx, slug: string): Promise<Provider | undefined> {
  return enabledAmong(await providersOf(reader), slug);
}

export const enabledAmong = (providers: readonly Provider[], slug: string): Provider | undefined =>
  providers.find((provider) => provider.slug === slug && provider.enabled);

/**
 * Role keys from the highest down, as the catalogue lists them, then roles of one's own. What everybody gets anyway
 * comes last: with PatchMon, whoever is in the group of users and in that of readonly becomes readonly.
 */
export function rolesInOrder({ catalogue, policy }: ActivePolicy): string[] {
  const keys = [...catalogue.roles.map(({ key }) => key), ...[...policy.roles.keys()].sort()];
  const usual = (key: string) => catalogue.newUserRoles.includes(key);
  return [...new Set([...keys.filter((key) => !usual(key)), ...keys.filter(usual)])];
}

/** The environment beats the row, value by value. */
function fromEnvironment(row: ProviderRow | undefined, order: readonly string[]): OidcProvider | undefined {
  const given = typeof row?.settings === "object" ? row.settings : {};
  const settings = oidcSettingsSchema.safeParse({ ...given, ...saidSettings() });
  const stored = rulesSchema.safeParse(row?.rules ?? []);
  const fixed = saidSecret();
  const secret = fixed === undefined ? secretOf(row) : { clientSecret: fixed };
  if (!settings.success || !stored.success || !secret) return undefined;
  const rules = saidRules(order);
  const named = new Set(rules.map(({ role }) => role));
  return {
    kind: "oidc",
    slug: environmentSlug,
    label: row?.label ?? "Single sign-on",
    enabled: saidEnabled() ?? row?.enabled ?? false,
    syncRoles: saidSync() ?? row?.syncRoles ?? false,
    settings: settings.data,
    ...secret,
    rules: [...rules, ...stored.data.filter(({ role }) => !named.has(role))],
    version: row?.version ?? 0,
    fixed: fixedFields(),
  };
}

function fromRow(row: ProviderRow): Provider | undefined {
  const { slug, label, enabled, syncRoles, version } = row;
  const rules = rulesSchema.safeParse(row.rules);
  if (!rules.success) return undefined;
  const common = { slug, label, enabled, syncRoles, version, rules: rules.data, fixed: {} };
  if (row.kind === "saml") {
    const settings = samlSettingsSchema.safeParse(row.settings);
    return settings.success
      ? ({ kind: "saml", ...common, settings: settings.data } satisfies SamlProvider)
      : undefined;
  }
  const settings = oidcSettingsSchema.safeParse(row.settings);
  const secret = secretOf(row);
  if (!settings.success || !secret) return undefined;
  return { kind: "oidc", ...common, settings: settings.data, ...secret };
}

/** Nothing when it cannot be opened, as after the installation's own secret was changed. */
export function secretOf(row: ProviderRow | undefined): { clientSecret: string | undefined } | undefined {
  if (!row?.secret) return { clientSecret: undefined };
  try {
    return { clientSecret: unseal(secretPurpose, row.slug, row.secret) };
  } catch {
    return undefined;
  }
}
