export { decisionMail, requestMail } from "./access-mails.ts";
export { addressMoved, protectionNotice } from "./protection-mail.ts";
export { resetMail } from "./reset-mail.ts";
export { type Mail, sendMail, sendsMail } from "./send-mail.ts";
