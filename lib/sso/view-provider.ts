import { dangerWords, givingRefusal } from "#lib/assignments/index.ts";
import { can } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import type { Draft, Rule } from "#lib/providers/index.ts";
import { type Address, addressesOf } from "./addresses.ts";
import { lookOnlyWhy } from "./list-providers.ts";
import { providerSchema } from "./schema.ts";
import { findProvider } from "./stored-provider.ts";

/** A role as the rules' form offers it. */
export interface RoleOffer {
  key: string;
  label: string;
  /** Why whoever looks cannot let a rule give it. */
  why: string | undefined;
  /** What it means to give it, for a dangerous one. */
  danger: string | undefined;
}

export interface ProviderView {
  slug: string;
  kind: "oidc" | "saml";
  label: string;
  enabled: boolean;
  syncRoles: boolean;
  version: number;
  settings: Record<string, unknown>;
  /** The variable that gives a field its value. */
  fixed: Readonly<Record<string, string>>;
  lacks: Record<string, string>;
  secret: "Set" | "Not set";
  addresses: Address[];
  fixedRules: (Rule & { variable: string })[];
  rules: Rule[];
  /** Kept here, but the environment speaks for their roles. */
  overruled: Rule[];
  roles: RoleOffer[];
  /** How many roles somebody has: with one, the first rule that fits gives it. */
  assignment: "single" | "multiple";
  /** The catalogue's roles for new users: for whoever no rule fits and no default role is set. */
  newUserRoles: string[];
  people: number;
  /** People whose only way in it is. */
  withoutPassword: number;
  sessions: number;
  why?: string;
}

export const viewProvider = defineQuery({
  name: "view identity provider",
  needs: "viewSettings",
  input: providerSchema,
  async run(context, { slug }): Promise<ProviderView> {
    const { reader, actor, at, call } = context;
    const draft = await findProvider(reader, slug);
    const { catalogue } = requireUser(actor).access;
    const { stored: _, hasSecret, rules, ...shown } = draft;
    const isFixed = ({ role }: Rule) => draft.fixedRules.some((fixed) => fixed.role === role);
    const view = {
      ...shown,
      secret: hasSecret ? ("Set" as const) : ("Not set" as const),
      addresses: addressesOf(call.origin ?? "", draft),
      rules: rules.filter((rule) => !isFixed(rule)),
      overruled: rules.filter(isFixed),
      roles: await rolesOffered(context),
      assignment: catalogue.assignment,
      newUserRoles: catalogue.newUserRoles,
      ...(await countsOf(reader, draft)),
    };
    return can(actor, "manageSettings", at) ? view : { ...view, why: lookOnlyWhy };
  },
});

async function rolesOffered({ reader, actor, at }: Context & { reader: Reader }): Promise<RoleOffer[]> {
  const { access } = requireUser(actor);
  const roles = await reader.role.findMany({
    select: { key: true, label: true, rank: true, guarded: true },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return roles.map((role) => ({
    key: role.key,
    label: role.label,
    why: givingRefusal(actor, role, at)?.message,
    danger: dangerWords(access, role.key),
  }));
}

async function countsOf(reader: Reader, { slug }: Draft) {
  const linked = { identities: { some: { provider: slug } } };
  return {
    people: await reader.user.count({ where: linked }),
    withoutPassword: await reader.user.count({ where: { ...linked, passwordHash: null } }),
    sessions: await reader.session.count({ where: { provider: slug, endedAt: null } }),
  };
}
