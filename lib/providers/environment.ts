import { type Env, env } from "#lib/kernel/env.ts";
import { groupVariable } from "#lib/kernel/settings.ts";
import type { OidcSettings, Rule } from "./schema.ts";

type Said = Env["oidc"];

/** The one provider that the environment may describe. */
export const environmentSlug = "oidc";

/** The variable behind each setting of the provider. */
const variables = {
  issuer: "OIDC_ISSUER_URL",
  clientId: "OIDC_CLIENT_ID",
  redirectUri: "OIDC_REDIRECT_URI",
  scopes: "OIDC_SCOPES",
  postLogoutUri: "OIDC_POST_LOGOUT_URI",
  enforceHttps: "OIDC_ENFORCE_HTTPS",
  autoCreateUsers: "OIDC_AUTO_CREATE_USERS",
  defaultRole: "OIDC_DEFAULT_ROLE",
  trustUnverifiedEmail: "OIDC_TRUST_UNVERIFIED_EMAIL",
  buttonText: "OIDC_BUTTON_TEXT",
} as const satisfies Partial<Record<keyof OidcSettings & keyof Said, string>>;

const others = {
  enabled: "OIDC_ENABLED",
  clientSecret: "OIDC_CLIENT_SECRET",
  syncRoles: "OIDC_SYNC_ROLES",
} as const satisfies Partial<Record<keyof Said, string>>;

/** The settings that the environment gives, and nothing for those that it leaves to the settings page. */
export function saidSettings(): Partial<OidcSettings> {
  const { oidc } = env();
  const names = Object.keys(variables) as (keyof typeof variables)[];
  return Object.fromEntries(
    names.filter((name) => oidc[name] !== undefined).map((name) => [name, oidc[name]]),
  );
}

/** On as soon as there is all that signing in needs, unless it is said to be off. */
export function saidEnabled(): boolean | undefined {
  const { enabled, issuer, clientId, clientSecret } = env().oidc;
  return enabled ?? (issuer && clientId && clientSecret ? true : undefined);
}

export const saidSync = (): boolean | undefined => env().oidc.syncRoles;
export const saidSecret = (): string | undefined => env().oidc.clientSecret;

/** The variable that gives a field its value, by field: what the settings page shows and does not let anybody change. */
export function fixedFields(): Record<string, string> {
  const { oidc } = env();
  const all = Object.entries({ ...variables, ...others }) as [keyof Said, string][];
  return Object.fromEntries(all.filter(([field]) => oidc[field] !== undefined));
}

/** The same for the switch that closes every way in without a provider. */
export function fixedSignOn(): Record<string, string> {
  return env().oidc.disableLocalSignIn === undefined ? {} : { disableLocalSignIn: "OIDC_DISABLE_LOCAL_AUTH" };
}

/** A rule for every role whose group the environment names. `roles`: keys in order of precedence. */
export function saidRules(roles: readonly string[]): Rule[] {
  const { groups } = env().oidc;
  return roles.flatMap((role) => {
    const value = groups[groupVariable(role)];
    return value ? [{ claim: "groups", value, role }] : [];
  });
}

/** The variable of each role with the group that it names, if it names one; none for a provider that the environment does not know. */
export function groupVariables(slug: string, roles: readonly string[]) {
  if (slug !== environmentSlug) return [];
  const { groups } = env().oidc;
  const known = roles.map((role) => ({ variable: groupVariable(role), role }));
  return known.map((one) => ({ ...one, value: groups[one.variable] }));
}
