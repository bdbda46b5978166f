export { getRegistration, registrationOf, saveRegistration } from "./registration.ts";
export type { Security } from "./schema.ts";
export { readSecurity, saveSecurity, securityOf } from "./security.ts";
export { type SecurityView, viewSecurity } from "./view-security.ts";
