export { type Draft, draftOf, draftsOf } from "./drafts.ts";
export { enabledAmong, enabledProvider, providersOf, secretPurpose } from "./effective.ts";
export { environmentSlug, fixedSignOn, groupVariables } from "./environment.ts";
export { forgetProvisioned } from "./forget-provisioned.ts";
export { holdProviders, lockProviders } from "./hold-providers.ts";
export { type Claims, type Mapping, rolesFrom, type Unread, valuesAt } from "./mapping.ts";
export type { OidcProvider, Provider, SamlProvider } from "./provider.ts";
export { roleSyncFrom, roleSyncOf, syncColumn, syncColumnSchema } from "./role-sync.ts";
export {
  oidcSettingsSchema,
  type Rule,
  ruleSchema,
  samlSettingsSchema,
  slugSchema,
} from "./schema.ts";
export { ableToSignIn, localSignIn, requireLocalSignIn, signOnKey } from "./ways-in.ts";
