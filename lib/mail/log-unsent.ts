import { firstIn } from "#lib/kernel/first-in.ts";
import { log } from "#lib/kernel/log.ts";

/** What nodemailer says of a mail that a server did not take. */
interface Refusal extends Error {
  code: string;
  errno?: number;
  /** The number that the server answered with, and its whole answer, which quotes the recipient. */
  responseCode?: number;
  response?: string;
  /** Where in the conversation that was: CONN before it began. */
  command?: string;
}

export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && typeof (error as Partial<Refusal>).code === "string";

/** Logs that a mail server took no mail: once a minute for each cause, without whom the mail was for. */
export function logUnsent(error: Refusal, kind: string, server: string): void {
  const { code, errno, responseCode, command } = error;
  if (!firstIn(60_000, "mail not sent", [code, errno, responseCode, command].join(" "))) return;
  const facts = { where: "mail", kind, server: new URL(server).host, step: command, why: whyOf(error) };
  log().error(facts, "an email could not be sent");
}

function whyOf({ responseCode, response = "", message }: Refusal): string {
  if (responseCode === undefined) return message.trim().replaceAll(/\S+@\S+/g, "(an address)");
  const detailed = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return `the server answered ${[responseCode, detailed].filter(Boolean).join(" ")}`;
}
