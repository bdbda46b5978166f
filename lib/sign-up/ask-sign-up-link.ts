import type { Reader } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { alreadySignedUpMail, sendMail, sendsLinks, signUpMail } from "#lib/mail/index.ts";
import { requireRegistration } from "./registration-open.ts";
import { askSignUpLinkSchema } from "./schema.ts";
import { sealSignUpLink } from "./sign-up-link.ts";

/** Answers everybody alike: whether the address has an account, only whoever reads its mails finds out. */
export const askSignUpLink = defineCommand({
  name: "ask for sign-up link",
  needs: "public",
  boundBy: "signUp",
  mereStep: true,
  input: askSignUpLinkSchema,
  about: ({ email }) => ({ kind: "user", name: email }),
  async prepare({ reader, call }) {
    await requireRegistration(reader);
    if (!sendsLinks()) throw new AppError("forbidden", "no_mail", "This console does not send email.");
    await takeTurn("signUp", call);
    return reader;
  },
  run: async ({ call }, { email }, reader) => ({
    target: { kind: "user", name: email },
    result: null,
    afterwards: () => mailTo(reader, email, call.at),
  }),
});

/** A link for a free address; for a taken one, word to its owner that somebody tried. */
async function mailTo(reader: Reader, email: string, at: Date): Promise<void> {
  const token = sealSignUpLink(email, at);
  const owner = await reader.user.findUnique({
    where: { emailKey: normaliseKey(email) },
    select: { username: true, email: true },
  });
  const { publicUrl = "" } = env();
  await sendMail(
    owner
      ? alreadySignedUpMail({ to: owner.email, username: owner.username, console: publicUrl })
      : signUpMail({ to: email, link: `${publicUrl}/sign-up?token=${token}` }),
  );
}
