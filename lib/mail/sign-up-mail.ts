import type { Mail } from "./send-mail.ts";

/** To an address that has no account yet: the link with which its reader creates one. */
export function signUpMail({ to, link }: { to: string; link: string }): Mail {
  const text = [
    `To create your account, open this link. It works once and expires in one day:\n${link}`,
    "If you didn't try to sign up, ignore this email. No account will be created.",
  ];
  return { to, kind: "sign-up", subject: "Create your Bailiwick account", text: `${text.join("\n\n")}\n` };
}

/** To the owner of an address that was entered to sign up, whoever entered it: they were told nothing of the account. */
export function alreadySignedUpMail(given: { to: string; username: string; console: string }): Mail {
  const text = [
    `Hello ${given.username},`,
    "Someone entered your email address to sign up, but you already have an account.",
    `To sign in:\n${given.console}/sign-in`,
    `If you forgot your password, request a link to choose a new one:\n${given.console}/reset-password`,
    "If this wasn't you, ignore this email. Nothing has changed, and no one was told that you have an account.",
  ];
  return {
    to: given.to,
    kind: "sign-up",
    subject: "You already have a Bailiwick account",
    text: `${text.join("\n\n")}\n`,
  };
}
