import type { Mail } from "./send-mail.ts";

interface Given {
  to: string;
  /** Id of whoever gave this address as theirs, and their name. */
  by: string;
  username: string;
}

/** To an address that a user entered as theirs: the link with which it holds. */
export function addressMail({ to, by, username, link }: Given & { link: string }): Mail {
  const text = [
    `The user ${username} entered this email address as theirs. To confirm it, open this link. It works once and expires in one day:\n${link}`,
    "If that is not your account, ignore this email. Nothing will change.",
  ];
  return { to, kind: "address", by, subject: "Confirm your email address", text: `${text.join("\n\n")}\n` };
}

/** To the owner of an address that another user entered as theirs, who is told nothing of that. */
export function addressTakenMail({ to, by, username }: Given): Mail {
  const text = [
    `The user ${username} entered this email address as theirs, but it belongs to your account.`,
    "Nothing has changed, because an email address belongs to one account only. If both accounts are yours, use a different address for the other one.",
  ];
  const subject = "Your email address was entered for another account";
  return { to, kind: "address", by, subject, text: `${text.join("\n\n")}\n` };
}
