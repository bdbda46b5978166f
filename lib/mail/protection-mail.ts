import type { Call } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { instantWords, placeWords } from "./fact-words.ts";
import { type Mail, sendMail, sendsMail } from "./send-mail.ts";

/** Whose account it is, with the address that held before the change. */
interface Owner {
  id: string;
  username: string;
  email: string;
}

interface News {
  /** Of the mail: what happened, as a title. */
  subject: string;
  /** A sentence or two. */
  what: string;
}

/**
 * Tells the owner of an account that what protects it was changed: the way to notice that it was somebody else.
 * Every operation that changes a password, an address or a factor answers with it, so that it holds at every door.
 * @param news what happened, without anything secret
 * @returns what to do once the change holds; undefined without a mail server
 */
export function protectionNotice(call: Call, owner: Owner, news: News): (() => Promise<void>) | undefined {
  return sendsMail()
    ? async () => {
        await sendMail(protectionMail(call, owner, news));
      }
    : undefined;
}

/** For the mail to the address that an account had before: whoever reads it knows whether the new one is theirs. */
export const addressMoved = (email: string): News => ({
  subject: "Your email address was changed",
  what: `The email address on your account was changed to ${email}. Future email, including password reset links, will go there.`,
});

/** The same before it moves, while there is time to take it back. */
export const addressToMove = (email: string): News => ({
  subject: "A new email address was entered for your account",
  what: `A new email address was entered for your account: ${email}. It replaces this one once it is confirmed. Until then you can cancel the change under Profile in your account.`,
});

function protectionMail(call: Call, owner: Owner, { subject, what }: News): Mail {
  const { publicUrl } = env();
  const facts = [
    `When: ${instantWords(call.at)}`,
    byWhom(call, owner),
    ...(publicUrl ? [`Console: ${publicUrl}`] : []),
  ];
  const text = [
    `Hello ${owner.username},`,
    what,
    facts.join("\n"),
    "If you expected this, no action is needed.",
    "If you didn't, change your password immediately and end your other sessions under Your account. If you can't sign in, ask an administrator to reset your password and end your sessions.",
  ];
  return {
    to: owner.email,
    kind: "notice",
    by: call.actor.kind === "user" ? call.actor.id : undefined,
    subject,
    text: `${text.join("\n\n")}\n`,
  };
}

/** The audit log has an administrator's IP address; the mail does not disclose it. */
function byWhom(call: Call, owner: Owner): string {
  const { actor } = call;
  if (actor.kind === "system") return "Changed by: an operator, on the server";
  if (actor.kind === "client") return `Changed by: ${actor.name} (provisioning from your identity provider)`;
  if (actor.kind === "user" && actor.id !== owner.id)
    return `Changed by: ${actor.username}, an administrator`;
  return `Changed from: ${placeWords(call)}`;
}
