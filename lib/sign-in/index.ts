export { forgetCodeGuesses, takeCodeGuess } from "./code-guesses.ts";
export type { SignedIn } from "./complete-sign-in.ts";
export { confirmIdentity, waysToConfirm } from "./confirm-identity.ts";
export { forgetTurns, takeTurn, takeTurnOf } from "./limiter.ts";
export { signIn } from "./sign-in.ts";
export { signInWithCode } from "./sign-in-with-code.ts";
export {
  askForPasskey,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
} from "./sign-in-with-passkey.ts";
export { viewTicket } from "./ticket-holder.ts";
