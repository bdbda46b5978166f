export { openLocalSignIn } from "./open-local-sign-in.ts";
export { restoreAccess } from "./restore-access.ts";
