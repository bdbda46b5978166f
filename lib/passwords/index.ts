export { hashPassword, verifyPassword } from "./hash.ts";
export { passwordMinimum, passwordProblems } from "./policy.ts";
