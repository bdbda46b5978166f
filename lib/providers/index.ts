export { enabledProvider, providersOf, secretPurpose } from "./effective.ts";
export { environmentSlug, fixedFields, groupVariables } from "./environment.ts";
export { type Claims, type Mapping, rolesFrom, type Unread, valuesAt } from "./mapping.ts";
export type { OidcProvider, Provider, SamlProvider } from "./provider.ts";
export { roleSyncFrom, roleSyncOf, syncColumn, syncColumnSchema } from "./role-sync.ts";
export { ableToSignIn, localSignIn, localSignInOff, requireLocalSignIn, signOnKey } from "./ways-in.ts";
