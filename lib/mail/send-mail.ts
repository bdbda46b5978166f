import { createTransport, type Transporter } from "nodemailer";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";

export interface Mail {
  /** One address, as it is stored; never a list, never with a name. */
  to: string;
  subject: string;
  text: string;
}

/** Whether there is a mail server at all: without one nothing offers to send mail. */
export const sendsMail = (): boolean => env().mail !== undefined;

/** Hands one mail to the mail server; throws when it does not take it. A server that hangs is given up after seconds. */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const { mail } = env();
  if (!mail) throw new Error("No mail server is set: SMTP_URL and MAIL_FROM.");
  // As an object: nothing in the address is parsed, so that it stays one recipient.
  await transport(mail.server).sendMail({ from: mail.from, to: { name: "", address: to }, subject, text });
}

const slot = "mail transport";
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

function transport(server: string): Transporter {
  const { slots } = registry();
  const present = slots.get(slot) as Transporter | undefined;
  if (present) return present;
  const made = createTransport({ url: server, ...patience, disableFileAccess: true, disableUrlAccess: true });
  slots.set(slot, made);
  return made;
}
