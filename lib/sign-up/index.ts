export { registrationOpen } from "./registration-open.ts";
export { signUp } from "./sign-up.ts";
