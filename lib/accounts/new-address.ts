import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { takeTurn, takeTurnOf } from "#lib/kernel/rate-limit.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { roleSyncOf } from "#lib/providers/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { identityColumns, refuseTaken, takenMeanwhile } from "#lib/users/index.ts";
import { addressOfLink, dropPendingAddress } from "./pending-address.ts";
import { resetLinkSchema } from "./schema.ts";

/** What the page behind a link asks about: a wrong link, a used one and one that is too old are the same to it. */
export const checkNewAddress = defineQuery({
  name: "check email address link",
  needs: "public",
  input: resetLinkSchema,
  async run({ reader, call }, { token }) {
    const found = await addressOfLink(reader, token, call.at);
    return found && { username: found.user.username, email: found.email };
  },
});

/** Whoever reads the mails of an address makes it the account's. It starts no session, in whatever browser that is. */
export const confirmNewAddress = defineCommand({
  name: "confirm new email address",
  needs: "public",
  boundBy: "spent secret",
  input: resetLinkSchema,
  about: () => ({ kind: "user", name: "unknown" }),
  async prepare({ reader, call, concerns }, { token }) {
    const found = await addressOfLink(reader, token, call.at);
    await (found ? takeTurnOf("useLink", token, "attempts") : takeTurn("useLink", call));
    if (!found) throw badLink();
    const { id, username } = found.user;
    concerns({ kind: "user", id, name: username });
    return id;
  },
  async run({ tx, call }, { token }, userId) {
    await lockUser(tx, userId);
    const found = await addressOfLink(tx, token, call.at);
    // While a provider gives the roles, a verified address says whose account somebody's is there.
    if (!found || (await roleSyncOf(tx))) throw badLink();
    const { user, email } = found;
    const { id, emailUnproven, ...before } = user;
    const identity = { ...before, email };
    await refuseTaken(tx, identity, id);
    const data = { ...identityColumns(identity), emailUnproven: false, version: { increment: 1 } };
    await tx.user
      .update({ where: { id }, data: { ...data, updatedAt: call.at }, select: { id: true } })
      .catch(takenMeanwhile);
    // Links that went to the old address are not for whoever has that one now; this one is used up with them.
    await spendResetLinks(tx, id);
    return {
      target: { kind: "user", id, name: user.username },
      before: { email: before.email },
      after: { email },
      result: { username: user.username, email },
      // Nobody ever said that they read mails there: it may be a stranger's.
      afterwards: emailUnproven ? undefined : protectionNotice(call, user, addressMoved(email)),
    };
  },
});

/** Takes back an address that was not confirmed yet. */
export const cancelNewAddress = defineCommand({
  name: "cancel new email address",
  needs: "signedIn",
  protects: true,
  input: z.object({}),
  async run({ tx, actor }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    if ((await dropPendingAddress(tx, self.id)) === 0)
      throw new AppError("not_found", "no_new_address", "No email address is waiting for confirmation.");
    return { target: aboutSelf(self), result: null };
  },
});

function badLink(): AppError {
  const message =
    "This link is no longer valid. Enter the address in your profile again. Links work once and expire after one day.";
  return new AppError("forbidden", "bad_address_link", message);
}
