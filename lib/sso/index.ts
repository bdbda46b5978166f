export { defaultRoles } from "./mapped-roles.ts";
export { type SyncedPerson, type SyncResult, syncRoles } from "./sync-roles.ts";
