import { z } from "zod";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { can } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";
import { groupVariables, type Provider, providersOf } from "#lib/providers/index.ts";
import { defaultRoles, liveRules } from "./mapped-roles.ts";

/** One line of what makes roles: a variable of the environment, or a claim, with the value that gives the role. */
export interface SyncLine {
  from: string;
  /** Absent for a variable that nobody set. */
  value: string | undefined;
  /** As people read it. */
  role: string;
  /** Nothing gives this guarded role, so whoever holds it keeps it. */
  stays: boolean;
}

export interface SyncView {
  providers: {
    slug: string;
    label: string;
    lines: SyncLine[];
    /** What whoever no line fits gets; absent where no line gives anything, so that nobody's roles change. */
    otherwise: string | undefined;
  }[];
  /** People who kept roles that the provider would have taken: without them nobody could manage users. */
  kept: string[];
  /** How many people's latest sign-in said nothing that could be read. */
  unread: number;
}

/** Why users and roles are read-only here, and what makes roles of groups; nothing while role sync is off. */
const viewing = (what: "users" | "roles", needs: "viewUsers" | "viewRoles") =>
  defineQuery({ name: `view role sync of ${what}`, needs, input: z.object({}), run: syncView });

export const viewSyncOfUsers = viewing("users", "viewUsers");
export const viewSyncOfRoles = viewing("roles", "viewRoles");

async function syncView({ reader, actor, at }: Context & { reader: Reader }): Promise<SyncView | undefined> {
  if (actor.kind !== "user" || !actor.roleSync) return undefined;
  const providers = await providersOf(reader, actor.access);
  const syncing = providers.filter((one) => one.enabled && one.syncRoles);
  if (syncing.length === 0) return undefined;
  const roles = await reader.role.findMany({ select: { key: true, label: true, guarded: true } });
  const slugs = { provider: { in: syncing.map(({ slug }) => slug) } };
  const unread = { ...slugs, syncOutcome: { in: ["claim_missing", "overage", "userinfo_failed"] } };
  return {
    providers: syncing.map((provider) => shown(provider, actor.access, roles)),
    kept: can(actor, "manageUsers", at) ? await keptPeople(reader, slugs) : [],
    unread: can(actor, "manageUsers", at) ? await reader.identity.count({ where: unread }) : 0,
  };
}

type Role = { key: string; label: string; guarded: boolean };

function shown(provider: Provider, access: ActivePolicy, roles: readonly Role[]) {
  const { slug, label, rules } = provider;
  const labelOf = (key: string) => roles.find((role) => role.key === key)?.label ?? key;
  const keys = access.catalogue.roles.map(({ key }) => key);
  const variables = groupVariables(slug, keys);
  // They are named once one is set, and while there is nothing else that says how roles are made.
  const inUse = rules.length === 0 || variables.some(({ value }) => value);
  const stays = (key: string) =>
    !rules.some(({ role }) => role === key) && roles.some((role) => role.guarded && role.key === key);
  const named = (inUse ? variables : []).map(({ variable, role, value }) => ({
    from: variable,
    value,
    role: labelOf(role),
    stays: stays(role),
  }));
  const byVariable = variables.flatMap(({ role, value }) => (value ? [role] : []));
  const written = rules
    .filter(({ role }) => !byVariable.includes(role))
    .map(({ claim, value, role }) => ({ from: claim, value, role: labelOf(role), stays: false }));
  const gives = liveRules(access, provider).length > 0;
  const otherwise = gives ? defaultRoles(access, provider).map(labelOf).join(", ") : undefined;
  return { slug, label, lines: [...named, ...written], otherwise };
}

async function keptPeople(reader: Reader, of: { provider: { in: string[] } }): Promise<string[]> {
  const rows = await reader.identity.findMany({
    where: { ...of, syncOutcome: "last_holder" },
    select: { user: { select: { username: true } } },
    orderBy: { syncedAt: "desc" },
    take: 20,
  });
  return [...new Set(rows.map(({ user }) => user.username))];
}
