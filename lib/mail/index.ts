export { addressMoved, protectionNotice } from "./protection-mail.ts";
export { resetMail } from "./reset-mail.ts";
export { sendMail, sendsMail } from "./send-mail.ts";
