import type { Mail } from "./send-mail.ts";

interface Given {
  to: string;
  /** Id of whoever gave this address as theirs, and their name. */
  by: string;
  username: string;
}

/** To an address that somebody gave as theirs: the link with which it holds. */
export function addressMail({ to, by, username, link }: Given & { link: string }): Mail {
  const text = [
    `The account ${username} was given this email address. It holds once you confirm it here, within a day:\n${link}`,
    "If that is not your account, ignore this mail: nothing changes.",
  ];
  return { to, kind: "address", by, subject: "Confirm your email address", text: `${text.join("\n\n")}\n` };
}

/** To the owner of an address that somebody else gave as theirs. Whoever gave it is told nothing of that. */
export function addressTakenMail({ to, by, username }: Given): Mail {
  const text = [
    `The account ${username} was given this email address, which is that of your account.`,
    "Nothing changes: an address belongs to one account. If the other account is yours as well, give it another address.",
  ];
  const subject = "Your email address was given for another account";
  return { to, kind: "address", by, subject, text: `${text.join("\n\n")}\n` };
}
