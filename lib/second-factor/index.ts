export { acceptPasskey, passkeyOwner } from "./accept-passkey.ts";
export { addPasskey, startPasskey } from "./add-passkey.ts";
export { askPasskey } from "./ask-passkey.ts";
export { confirmTotp } from "./confirm-totp.ts";
export { enrolledFactors, hasFactor } from "./enrolled.ts";
export { forgetAllDevices, forgetDevice } from "./forget-device.ts";
export { lockUser } from "./own-account.ts";
export { proveByCode } from "./prove-by-code.ts";
export { passkeyRefusal } from "./relying-party.ts";
export { removeFactorsOf } from "./remove-factors.ts";
export { removePasskey } from "./remove-passkey.ts";
export { removeTotp } from "./remove-totp.ts";
export { renewRecoveryCodes } from "./renew-recovery-codes.ts";
export { resetFactors, viewFactorsOf } from "./reset-factors.ts";
export { opensTotp } from "./spend-totp-code.ts";
export { startTotp } from "./start-totp.ts";
export { issueTicket, spendTicket, type TicketHolder, ticketHolder } from "./tickets.ts";
export {
  acceptTrustedDevice,
  endTrustedDevicesOf,
  rememberDevice,
  trustedDeviceOf,
} from "./trusted-devices.ts";
export { viewOwnFactors, viewPendingTotp } from "./view-own-factors.ts";
