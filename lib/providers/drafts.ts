import type { Reader, Tx } from "#lib/kernel/database.ts";
import { groupVariable } from "#lib/kernel/settings.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { rolesInOrder, secretOf } from "./effective.ts";
import {
  environmentSlug,
  fixedFields,
  saidEnabled,
  saidRules,
  saidSettings,
  saidSync,
} from "./environment.ts";
import { type ProviderRow, providerRows } from "./rows.ts";
import { oidcSettingsSchema, type Rule, rulesSchema, samlSettingsSchema } from "./schema.ts";

/** A provider as its settings page sees it, whether there is all that signing in needs or not. Never with its secret. */
export interface Draft {
  slug: string;
  kind: "oidc" | "saml";
  label: string;
  enabled: boolean;
  syncRoles: boolean;
  /** What the environment says laid over what is stored, unchecked. */
  settings: Record<string, unknown>;
  /** What is stored alone. */
  stored: Record<string, unknown>;
  hasSecret: boolean;
  /** Rules that are kept here. */
  rules: Rule[];
  /** Rules that the environment makes, with the variable: they come first. */
  fixedRules: (Rule & { variable: string })[];
  /** Of the row; 0 while the environment alone makes this provider. */
  version: number;
  fixed: Readonly<Record<string, string>>;
  /** What is still missing or wrong, by field; empty for one that people can sign in with. */
  lacks: Record<string, string>;
}

/** Every provider, in the order of the sign-in page, with the half-finished ones. */
export async function draftsOf(reader: Reader | Tx): Promise<Draft[]> {
  const rows = await providerRows(reader);
  const said = rows.find(({ slug }) => slug === environmentSlug);
  const order = rolesInOrder(await currentPolicy(reader));
  const isSaid = Object.keys(fixedFields()).length > 0 || saidRules(order).length > 0;
  const drafts = rows.map((row) =>
    row === said && row.kind === "oidc" ? laidOver(row, order) : ownDraft(row),
  );
  return said || !isSaid ? drafts : [laidOver(undefined, order), ...drafts];
}

export async function draftOf(reader: Reader | Tx, slug: string): Promise<Draft | undefined> {
  return (await draftsOf(reader)).find((draft) => draft.slug === slug);
}

function ownDraft(row: ProviderRow): Draft {
  const { slug, label, enabled, syncRoles, version } = row;
  const kind = row.kind === "saml" ? ("saml" as const) : ("oidc" as const);
  const stored = recordOf(row.settings);
  const common = { slug, kind, label, enabled, syncRoles, version, fixed: {} };
  return {
    ...common,
    settings: stored,
    stored,
    hasSecret: row.secret !== null,
    rules: rulesOf(row.rules),
    fixedRules: [],
    lacks: { ...lacksOf(kind, stored), ...unreadable(row) },
  };
}

function laidOver(row: ProviderRow | undefined, order: readonly string[]): Draft {
  const stored = recordOf(row?.settings);
  const settings = { ...stored, ...saidSettings() };
  const fixed: Record<string, string> = fixedFields();
  if (fixed.enabled === undefined && saidEnabled()) fixed.enabled = "OIDC_ENABLED";
  return {
    slug: environmentSlug,
    kind: "oidc",
    label: row?.label ?? "Single sign-on",
    enabled: saidEnabled() ?? row?.enabled ?? false,
    syncRoles: saidSync() ?? row?.syncRoles ?? false,
    settings,
    stored,
    hasSecret: fixed.clientSecret !== undefined || (row?.secret ?? null) !== null,
    rules: rulesOf(row?.rules),
    fixedRules: saidRules(order).map((rule) => ({ ...rule, variable: groupVariable(rule.role) })),
    version: row?.version ?? 0,
    fixed,
    lacks: { ...lacksOf("oidc", settings), ...(fixed.clientSecret === undefined && unreadable(row)) },
  };
}

/** A secret that was sealed with another secret of the installation than the present one. */
const unreadable = (row: ProviderRow | undefined): Record<string, string> =>
  secretOf(row) ? {} : { clientSecret: "The client secret cannot be read any more: type it in anew." };

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

const rulesOf = (value: unknown): Rule[] => rulesSchema.safeParse(value ?? []).data ?? [];

function lacksOf(kind: Draft["kind"], settings: Record<string, unknown>): Record<string, string> {
  const read = (kind === "saml" ? samlSettingsSchema : oidcSettingsSchema).safeParse(settings);
  const issues = read.error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0] ?? ""), message]).reverse());
}
