export { enterVouched } from "./enter.ts";
export { defaultRoles } from "./mapped-roles.ts";
export { type SyncedPerson, type SyncResult, syncRoles } from "./sync-roles.ts";
export { openProvider, waysToSignIn } from "./view-provider.ts";
export type { Vouched } from "./vouched.ts";
