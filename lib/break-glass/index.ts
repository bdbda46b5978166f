export { restoreAccess } from "./restore-access.ts";
