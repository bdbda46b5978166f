export { takeTurn } from "./limiter.ts";
export { signIn } from "./sign-in.ts";
