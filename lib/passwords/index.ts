export { hashPassword, verifyPassword } from "./hash.ts";
export { passwordMaximum, passwordMinimum, passwordProblems } from "./policy.ts";
