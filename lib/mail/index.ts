export { resetMail } from "./reset-mail.ts";
export { sendMail, sendsMail } from "./send-mail.ts";
