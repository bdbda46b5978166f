import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { takeTurn, takeTurnOf } from "#lib/kernel/rate-limit.ts";
import { knownBrowserNamed, knownBrowserOf } from "#lib/known-browsers/index.ts";
import { sendsLinks } from "#lib/mail/index.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { localSignIn, requireLocalSignIn } from "#lib/providers/index.ts";
import { askResetLinkSchema } from "./schema.ts";

/** Whether the sign-in page offers to send a link. */
export const resetLinksOffered = defineQuery({
  name: "ask whether reset links are sent",
  needs: "public",
  input: z.object({}),
  run: async ({ reader }) => sendsLinks() && (await localSignIn(reader)),
});

/** Takes the request down and answers everybody alike; whether anybody gets a mail is found out after the answer. */
export const askResetLink = defineCommand({
  name: "ask for reset link",
  needs: "public",
  boundBy: "askReset",
  mereStep: true,
  input: askResetLinkSchema,
  about: ({ identifier }) => ({ kind: "user", name: identifier }),
  async prepare({ reader, call }, { identifier }) {
    await requireLocalSignIn(reader);
    if (!sendsLinks()) {
      const message = "This console sends no mail: ask an administrator to reset your password.";
      throw new AppError("forbidden", "no_mail", message);
    }
    const browser = await knownBrowserNamed(reader, normaliseKey(identifier), call);
    await (browser ? takeTurnOf("askReset", browser, "attempts") : takeTurn("askReset", call));
  },
  run: async (_context, { identifier }) => ({ target: { kind: "user", name: identifier }, result: null }),
});

/** What follows after the answer: a link for the account, if there is one that can be helped so. */
export const mailResetLink = defineCommand({
  name: "mail reset link",
  needs: "system",
  boundBy: "resetMail",
  input: askResetLinkSchema,
  async prepare({ reader, call }, { identifier }) {
    await requireLocalSignIn(reader);
    const name = normaliseKey(identifier);
    const user = await reader.user.findFirst({
      where: { active: true, OR: [{ usernameKey: name }, { emailKey: name }], AND: { OR: everHadPassword } },
      select: { id: true, username: true, email: true },
    });
    if (!user) throw new AppError("not_found", "nobody_to_help", "No account can be helped with a link.");
    // Strangers share a count, and use up nothing of the owner's, who asks in a browser that the account knows.
    const whose = (await knownBrowserOf(reader, user.id, call)) ?? user.id;
    await takeTurnOf("resetMail", whose, "mails");
    return user;
  },
  async run({ tx, call }, _input, { id, username, email }) {
    const token = await issueResetLink(tx, id, call.at);
    return { target: { kind: "user", id, name: username }, result: { username, email, token } };
  },
});

/** Accounts of an identity provider never had one: a link would open a second way in. */
const everHadPassword = [{ passwordHash: { not: null } }, { formerPasswords: { some: {} } }];
