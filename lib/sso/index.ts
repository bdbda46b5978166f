export { brakeRefusal } from "./brake.ts";
export { type DryRun, dryRun, type Fate, fates } from "./dry-run.ts";
export { type SyncedPerson, type SyncResult, syncRoles } from "./sync-roles.ts";
export type { TriedPerson, WantedMapping } from "./tried-people.ts";
export { type SyncLine, type SyncView, viewSyncOfRoles, viewSyncOfUsers } from "./view-role-sync.ts";
