import { account } from "#lib/kernel/caller.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { orGiveBack, takeTurn, takeTurnOf, turnOf } from "#lib/kernel/rate-limit.ts";
import { keepBrowser } from "#lib/known-browsers/index.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { acceptPassword, setPassword, spendResetLink, userOfResetLink } from "#lib/passwords/index.ts";
import { localSignIn, requireLocalSignIn } from "#lib/providers/index.ts";
import { shutOut } from "#lib/users/index.ts";
import { redeemResetLinkSchema, resetLinkSchema } from "./schema.ts";

/** Whether the page shows a form: a wrong link, a used one and one that is too old are the same to it. */
export const checkResetLink = defineQuery({
  name: "check reset link",
  needs: "public",
  input: resetLinkSchema,
  async run({ reader, call }, { token }) {
    if (!(await localSignIn(reader))) return undefined;
    const user = await userOfResetLink(reader, token, call.at);
    if (!user) return undefined;
    const { username, email, givenName, familyName } = user;
    return { username, email, givenName, familyName };
  },
});

/** Whoever holds a link chooses the password, once. It starts no session: signing in asks for all that it always does. */
export const redeemResetLink = defineCommand({
  name: "choose password with link",
  needs: "public",
  boundBy: "spent secret",
  input: redeemResetLinkSchema,
  about: () => ({ kind: "user", name: "unknown" }),
  async prepare({ reader, call, concerns }, { token, password }) {
    await requireLocalSignIn(reader);
    const user = await userOfResetLink(reader, token, call.at);
    // Whoever holds a good link is not kept from using it by others at the same address.
    await (user ? takeTurnOf("useLink", token, "attempts") : takeTurn("useLink", call));
    if (!user) throw badLink();
    concerns({ kind: "user", id: user.id, name: user.username });
    const accept = () => acceptPassword(reader, password, user, account(user.id));
    return { user, hash: await orGiveBack([turnOf("useLink", token)], accept) };
  },
  async run({ tx, call }, { token }, { user, hash }) {
    const { id, username } = user;
    if (!(await spendResetLink(tx, token, call.at))) throw badLink();
    await setPassword(tx, { userId: id, seen: user.passwordHash, hash, at: call.at });
    const ended = await shutOut(tx, id, "password reset", call);
    // Whoever holds the link is the owner: strangers' guesses at the account do not keep them out here.
    const { secret: browser } = await keepBrowser(tx, call, id);
    const afterwards = protectionNotice(call, user, {
      subject: "Your password was changed",
      what: "A new password was chosen with a reset link.",
    });
    return {
      target: { kind: "user", id, name: username },
      after: ended,
      result: { username, browser },
      afterwards,
    };
  },
});

function badLink(): AppError {
  const message = "This link does not work any more: ask for a new one. Each works once, for an hour.";
  return new AppError("forbidden", "bad_reset_link", message);
}
