export { checkSetupLink, type SetupState } from "./check-setup-link.ts";
export { setUp } from "./set-up.ts";
export { issueSetupToken } from "./setup-token.ts";
