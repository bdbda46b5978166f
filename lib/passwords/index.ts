export { acceptPassword } from "./accept-password.ts";
export { forgetGuesses, guessesOfBrowser, guessesOfStranger } from "./guesses.ts";
export { hashPassword, isOutdated, renewHash, verifyPassword, verifyStranger } from "./hash.ts";
export { ownerOfLink } from "./owner-of-link.ts";
export { passwordRules } from "./password-rules.ts";
export {
  issueResetLink,
  newAddressKind,
  spendResetLink,
  spendResetLinks,
  userOfResetLink,
} from "./reset-links.ts";
export { setPassword } from "./set-password.ts";
