import { createTransport, type Transporter } from "nodemailer";
import { env } from "#lib/kernel/env.ts";
import { log } from "#lib/kernel/log.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Turn, tryTurns, turnOf } from "#lib/kernel/rate-limit.ts";
import { once } from "#lib/kernel/registry.ts";
import { isRefusal, logUnsent } from "./log-unsent.ts";

export interface Mail {
  /** One address, as it is stored; never a list, never with a name. */
  to: string;
  /** Each kind has a count of its own, so that nobody keeps a notice from anybody by asking for something else. */
  kind: "reset link" | "notice" | "access" | "address" | "sign-up";
  /** Whose doing it is, where that is somebody with an account: their id or name. */
  by?: string | undefined;
  subject: string;
  text: string;
}

/** Anybody says where these go. */
const typedByStrangers = new Set<Mail["kind"]>(["address", "sign-up"]);

/** Whether there is a mail server at all: without one nothing offers to send mail. */
export const sendsMail = (): boolean => env().mail !== undefined;

/** The same for mails with a link: one that came out of a request's own Host header would be a trap. */
export const sendsLinks = (): boolean => sendsMail() && env().publicUrl !== undefined;

/**
 * Hands one mail to the mail server. A server that hangs is given up after seconds.
 * @returns false when it was not sent: the server did not take it, or its reader gets or its sender makes too many; the
 * log says which
 */
export async function sendMail({ to, kind, by, subject, text }: Mail): Promise<boolean> {
  const { mail } = env();
  if (!mail) throw new Error("No mail server is set: SMTP_URL and MAIL_FROM.");
  const turns = [
    turnOf(typedByStrangers.has(kind) ? "mailStranger" : "mailTo", kind, normaliseKey(to)),
    ...(by ? [turnOf("mailBy", by)] : []),
  ];
  if (await isTooMany(turns, kind)) return false;
  // As an object: nothing in the address is parsed, so that it stays one recipient.
  const message = { from: mail.from, to: { name: "", address: to }, subject, text };
  try {
    await transport(mail.server).sendMail(message);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    logUnsent(error, kind, mail.server);
    return false;
  }
}

/** What is left out is logged once for each count, and whoever caused it is not told. */
async function isTooMany(turns: Turn[], kind: Mail["kind"]): Promise<boolean> {
  const turn = await tryTurns(turns);
  if (turn === "just_over")
    log().warn({ where: "mail", kind }, "mails are left out: too many to one address or by one person");
  return turn !== "taken";
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

const transport = (server: string): Transporter =>
  once("mail transport", () =>
    createTransport({ url: server, ...patience, disableFileAccess: true, disableUrlAccess: true }),
  );
