export type { SignedIn } from "./complete-sign-in.ts";
export { confirmIdentity } from "./confirm-identity.ts";
export { confirmWithCode } from "./confirm-with-code.ts";
export { askToConfirm, confirmWithPasskey } from "./confirm-with-passkey.ts";
export { confirmed, ownSession } from "./confirmed.ts";
export { signIn } from "./sign-in.ts";
export { signInWithCode } from "./sign-in-with-code.ts";
export {
  askForPasskey,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
} from "./sign-in-with-passkey.ts";
export { viewTicket } from "./ticket-holder.ts";
export { waysToConfirm } from "./ways-to-confirm.ts";
