export { decisionMail, requestMail } from "./access-mails.ts";
export { addressMail, addressTakenMail } from "./address-mail.ts";
export { addressMoved, addressToMove, protectionNotice } from "./protection-mail.ts";
export { resetMail } from "./reset-mail.ts";
export { type Mail, sendMail, sendsLinks, sendsMail } from "./send-mail.ts";
export { alreadySignedUpMail, signUpMail } from "./sign-up-mail.ts";
