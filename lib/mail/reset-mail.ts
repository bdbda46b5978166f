import type { Mail } from "./send-mail.ts";

/** The mail with a link to choose a new password. `asked`: they asked for it themselves. */
export function resetMail(given: {
  to: string;
  username: string;
  link: string;
  asked: boolean;
  by?: string;
}): Mail {
  const why = given.asked
    ? "Somebody, probably you, asked for a new password for this account. If it was not you, ignore this email: your password stays as it is."
    : "An administrator reset the password of this account. The old one does not work any more.";
  const text = [
    `Hello ${given.username},`,
    why,
    `Choose a new password here, within the hour and once:\n${given.link}`,
    "Nobody needs to know this link but you: do not pass it on.",
  ];
  return {
    to: given.to,
    kind: "reset link",
    by: given.by,
    subject: "Choose a new password",
    text: `${text.join("\n\n")}\n`,
  };
}
