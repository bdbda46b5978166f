export { checkSetupLink, type SetupState } from "./check-setup-link.ts";
export { setUp } from "./set-up.ts";
export { issueSetupToken, spendSetupTokens } from "./setup-token.ts";
