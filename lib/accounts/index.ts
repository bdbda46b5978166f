export { askResetLink, mailResetLink, resetLinksOffered } from "./ask-reset-link.ts";
export { changeOwnPassword } from "./change-own-password.ts";
export { cancelNewAddress, checkNewAddress, confirmNewAddress } from "./new-address.ts";
export { editOwnProfile, viewOwnProfile } from "./own-profile.ts";
export { checkResetLink, redeemResetLink } from "./redeem-reset-link.ts";
