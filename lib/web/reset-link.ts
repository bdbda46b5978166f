import { redirect } from "next/navigation";
import { after } from "next/server";
import { askResetLink, mailResetLink, redeemResetLink } from "#lib/accounts/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { resetMail, sendMail, sendsMail } from "#lib/mail/index.ts";
import { resetPasswordByLink } from "#lib/users/index.ts";
import { answer } from "./action.ts";
import { formReader } from "./form-reader.ts";
import type { FormAction } from "./form-state.ts";
import { keepBrowserSecret } from "./keep-browser.ts";
import { requestFacts } from "./request.ts";
import { currentCall } from "./session.ts";

const linkTo = (origin: string, token: string) => `${origin}/reset-password?token=${token}`;

/** An administrator makes a link for somebody: shown to them this once, and mailed when there is a mail server. */
export const makeResetLinkAction: FormAction = (_previous, form) =>
  answer(form, async () => {
    const call = await currentCall("action");
    const made = await runCommand(resetPasswordByLink, call, formReader(resetPasswordByLink.input, form));
    // The action proved that it came from this very address, or the address is the one that is set.
    const link = linkTo((await requestFacts()).origin, made.token);
    const { username, email } = made;
    const by = call.actor.kind === "user" ? { by: call.actor.id } : {};
    const mailed = sendsMail() && (await delivered({ to: email, username, link, asked: false, ...by }));
    const how = mailed ? `and sent to ${email}` : "to pass on";
    return {
      status: "ok",
      done: resetPasswordByLink.name,
      message: `Password of ${username} reset: the link is ready ${how}`,
      details: { link, mailedTo: mailed ? email : undefined, mailFailed: sendsMail() && !mailed },
    };
  });

/** Somebody who cannot sign in asks for a link. The answer is there before anybody looks whether there is an account. */
export const askResetLinkAction: FormAction = (_previous, form) =>
  answer(form, async () => {
    const call = await currentCall("action");
    const input = formReader(askResetLink.input, form);
    await runCommand(askResetLink, call, input);
    after(() => mailLink(call, input));
    return {
      status: "ok",
      done: askResetLink.name,
      message:
        "If an account has that name, a link is on its way to its email address. It works once, for an hour.",
    };
  });

async function mailLink(asked: Call, input: object): Promise<void> {
  const { publicUrl } = env();
  const call: Call = { ...asked, actor: { kind: "system", name: "password reset" }, door: "system" };
  try {
    if (publicUrl === undefined) return;
    const { username, email, token } = await runCommand(mailResetLink, call, input);
    await delivered({ to: email, username, link: linkTo(publicUrl, token), asked: true });
  } catch (error) {
    // Nobody to help, or enough mails for now: whoever asked is not told.
    if (!(error instanceof AppError)) logBug(error, "mail reset link");
  }
}

async function delivered(mail: Parameters<typeof resetMail>[0]): Promise<boolean> {
  try {
    return await sendMail(resetMail(mail));
  } catch (error) {
    logBug(error, "mail");
    return false;
  }
}

/** The new password is set; who it belongs to signs in with it like everybody else. */
export const redeemResetLinkAction: FormAction = (_previous, form) =>
  answer(form, async () => {
    const call = await currentCall("action");
    const { browser } = await runCommand(redeemResetLink, call, formReader(redeemResetLink.input, form));
    await keepBrowserSecret(browser);
    redirect("/sign-in?reset");
  });
