import { instantWords } from "./fact-words.ts";
import type { Mail } from "./send-mail.ts";

/** To approvers: somebody asks for a role. */
export function requestMail(given: {
  to: string;
  username: string;
  role: string;
  /** The organization or team that it is narrowed to. */
  place?: string | undefined;
  reason: string;
  endsAt: Date;
  link: string | undefined;
}): Mail {
  const where = given.place ? ` in ${given.place}` : "";
  const text = [
    `${given.username} asks for the role ${given.role}${where} until ${instantWords(given.endsAt)}.`,
    `Reason: ${given.reason}`,
    given.link
      ? `Grant or refuse it here:\n${given.link}`
      : "Grant or refuse it in the console, under Access Requests.",
  ];
  return {
    to: given.to,
    kind: "access",
    by: given.username,
    subject: `${given.username} asks for access`,
    text: `${text.join("\n\n")}\n`,
  };
}

/** To whoever asked: what became of it. */
export function decisionMail(given: {
  to: string;
  username: string;
  role: string;
  decidedBy: string;
  granted: boolean;
  endsAt?: Date;
  note: string;
  link: string | undefined;
}): Mail {
  const until = given.endsAt ? ` until ${instantWords(given.endsAt)}` : "";
  const text = [
    `Hello ${given.username},`,
    given.granted
      ? `${given.decidedBy} granted your request: you hold the role ${given.role}${until}. It ends by itself. You may have to sign in again.`
      : `${given.decidedBy} refused your request for the role ${given.role}.`,
    ...(given.note ? [`Note: ${given.note}`] : []),
    ...(given.link ? [`Your access:\n${given.link}`] : []),
  ];
  const subject = given.granted ? "Your access was granted" : "Your access request was refused";
  return { to: given.to, kind: "access", by: given.decidedBy, subject, text: `${text.join("\n\n")}\n` };
}
