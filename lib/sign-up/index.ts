export { askSignUpLink } from "./ask-sign-up-link.ts";
export { checkSignUpLink } from "./check-sign-up-link.ts";
export { registrationOpen } from "./registration-open.ts";
export { signUp } from "./sign-up.ts";
