export { checkSetupLink, type SetupState } from "./check-setup-link.ts";
export { fingerprintOf, markSecret, type Sealed, type SecretState, viewSecretState } from "./secret-check.ts";
export { setUp } from "./set-up.ts";
export { issueSetupToken, spendSetupTokens } from "./setup-token.ts";
