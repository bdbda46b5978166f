export { brakeRefusal } from "./brake.ts";
export { disown } from "./disown.ts";
export { type DryRun, dryRun, type Fate, fates } from "./dry-run.ts";
export { enterVouched } from "./enter.ts";
export { defaultRoles } from "./mapped-roles.ts";
export { type SyncedPerson, type SyncResult, syncRoles } from "./sync-roles.ts";
export type { TriedPerson, WantedMapping } from "./tried-people.ts";
export { openProvider, waysToSignIn } from "./view-provider.ts";
export type { Vouched } from "./vouched.ts";
