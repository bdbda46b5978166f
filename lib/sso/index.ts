export { type SyncedPerson, type SyncResult, syncRoles } from "./sync-roles.ts";
