import { refresh } from "next/cache";
import { after } from "next/server";
import { env } from "#lib/kernel/env.ts";
import { logBug } from "#lib/kernel/log.ts";
import { decisionMail, type Mail, requestMail, sendMail, sendsMail } from "#lib/mail/index.ts";
import { grantRequest, refuseRequest, requestAccess } from "#lib/temporary-access/index.ts";
import { commandAction } from "./action.ts";

/** Somebody asks; the approvers get a mail after the answer. */
export const requestAccessAction = commandAction(requestAccess, ({ tell, ...asked }) => {
  refresh();
  mailAll(tell.map((to) => requestMail({ to, link: linkTo("/settings/access-requests"), ...asked })));
  return { status: "ok", message: `Asked for ${asked.role}: an administrator decides` };
});

/** An approver decides; the requester gets a mail after the answer. */
export const grantRequestAction = commandAction(grantRequest, (decided) => {
  refresh();
  mailAll([decisionMail({ ...decided, to: decided.email, granted: true, link: linkTo("/account/access") })]);
  return { status: "ok", message: `${decided.username} holds ${decided.role} for a time now` };
});

export const refuseRequestAction = commandAction(refuseRequest, (decided) => {
  refresh();
  mailAll([decisionMail({ ...decided, to: decided.email, granted: false, link: linkTo("/account/access") })]);
  return { status: "ok", message: `Refused ${decided.role} for ${decided.username}` };
});

/** Only with an address that is set: one out of a request's Host header would be a trap. */
function linkTo(path: string): string | undefined {
  const { publicUrl } = env();
  return publicUrl && `${publicUrl}${path}`;
}

/** What is asked or decided stands; a mail server that does not answer takes nothing of it back. */
function mailAll(mails: readonly Mail[]): void {
  if (!sendsMail()) return;
  after(async () => {
    for (const mail of mails) await sendMail(mail).catch((error: unknown) => void logBug(error, "mail"));
  });
}
