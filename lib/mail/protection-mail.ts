import type { Call } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { deviceWords } from "#lib/sessions/index.ts";
import { type Mail, sendMail, sendsMail } from "./send-mail.ts";

/** Whose account it is, with the address that held before the change. */
interface Owner {
  id: string;
  username: string;
  email: string;
}

/**
 * Tells the owner of an account that what protects it was changed: the way to notice that it was somebody else.
 * Every operation that changes a password, an address or a factor answers with it, so that it holds at every door.
 * @param what one sentence, without anything secret
 * @returns what to do once the change holds; undefined without a mail server
 */
export function protectionNotice(call: Call, owner: Owner, what: string): (() => Promise<void>) | undefined {
  return sendsMail()
    ? async () => {
        await sendMail(protectionMail(call, owner, what));
      }
    : undefined;
}

/** For the mail to the address that an account had before. */
export const addressMoved =
  "The email address of your account was changed: from now on its mails, reset links among them, go to another one than this.";

/** The same before it moves, while there is time to take it back. */
export const addressToMove =
  "Another email address was given for your account. It takes the place of this one once it is confirmed; until then you can take it back under Profile in your account.";

function protectionMail(call: Call, owner: Owner, what: string): Mail {
  const { publicUrl } = env();
  const facts = [
    `When: ${when.format(call.at)} UTC`,
    byWhom(call, owner),
    ...(publicUrl ? [`Console: ${publicUrl}`] : []),
  ];
  const text = [
    `Hello ${owner.username},`,
    what,
    facts.join("\n"),
    "If you know about this, there is nothing to do.",
    "If you do not: change your password at once and end your other sessions, both under your account. If you cannot sign in any more, ask an administrator to reset your password and to end your sessions.",
  ];
  return {
    to: owner.email,
    kind: "notice",
    by: call.actor.kind === "user" ? call.actor.id : undefined,
    subject: "The protection of your account was changed",
    text: `${text.join("\n\n")}\n`,
  };
}

/** Where an administrator sat is nobody's business but the trail's. */
function byWhom({ actor, address, agent }: Call, owner: Owner): string {
  if (actor.kind === "system") return "By: whoever runs the server of the console";
  if (actor.kind === "client") return `By: ${actor.name}, which brings accounts from your identity provider`;
  if (actor.kind === "user" && actor.id !== owner.id) return `By: ${actor.username}, an administrator`;
  return `From: ${address ?? "an unknown address"}, ${deviceWords(agent)}`;
}

const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });
