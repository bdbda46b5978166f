import { z } from "zod";
import { isProven } from "#lib/kernel/actor.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand, defineQuery, proofRequired } from "#lib/kernel/operation.ts";
import { takeTurnOf } from "#lib/kernel/rate-limit.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { addressMoved, addressToMove, protectionNotice, sendsLinks } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { identityColumns, refuseTaken, takenMeanwhile } from "#lib/users/index.ts";
import { ownRow } from "./own-account.ts";
import { holdAddress, pendingAddressOf } from "./pending-address.ts";
import { ownProfileSchema } from "./schema.ts";

export const viewOwnProfile = defineQuery({
  name: "view own profile",
  needs: "signedIn",
  input: z.object({}),
  async run({ reader, actor, call }) {
    const { id } = requireUser(actor);
    const {
      passwordHash,
      emailUnproven: _,
      ...profile
    } = await reader.user.findUniqueOrThrow({
      where: { id },
      select: ownRow,
    });
    const editWhy = syncedRefusal(actor)?.message;
    const waiting = await pendingAddressOf(reader, id, call.at);
    return { ...profile, hasPassword: passwordHash !== null, waiting, editWhy };
  },
});

/**
 * Own names and address; username, roles and status are for administrators. A new address is where reset links will go:
 * with a mail server it holds once a link sent to it was used. Without one it holds at once, and stays unproven.
 * While roles are synced it also says whose account a verified address links to, so nobody gives themselves one.
 */
export const editOwnProfile = defineCommand({
  name: "edit own profile",
  needs: "signedIn",
  refusedUnderSync: true,
  input: ownProfileSchema,
  async prepare({ actor, at, concerns }, { email }) {
    const self = requireUser(actor);
    concerns(aboutSelf(self));
    if (normaliseKey(self.email) === normaliseKey(email)) return;
    if (!isProven(actor, at)) throw proofRequired();
    // Without a mail server the answer says whether an address is taken; with one it mails strangers.
    await takeTurnOf("ownAddress", self.id, "new addresses");
  },
  async run({ tx, call, actor, at }, { version, ...names }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const { passwordHash: _, emailUnproven, ...before } = await loadOwn(tx, self.id, version);
    const moved = normaliseKey(before.email) !== normaliseKey(names.email);
    if (moved && !isProven(actor, at)) throw proofRequired();
    const waits = moved && sendsLinks();
    const identity = { ...names, username: before.username, ...(waits && { email: before.email }) };
    if (!waits) await refuseTaken(tx, identity, self.id);
    const data = {
      ...identityColumns(identity),
      ...(moved && !waits && { emailUnproven: true }),
      version: { increment: 1 },
      updatedAt: call.at,
    };
    await tx.user.update({ where: { id: self.id }, data, select: { id: true } }).catch(takenMeanwhile);
    // A link that went to the old address is not for whoever has that one now.
    if (moved && !waits) await spendResetLinks(tx, self.id);
    const mails = moved ? await mailsOfMove(tx, call, { ...before, emailUnproven }, names.email, waits) : [];
    const afterwards =
      mails.length === 0
        ? undefined
        : async () => {
            for (const mail of mails) await mail();
          };
    const waiting = waits ? names.email : undefined;
    const after = { ...identity, ...(waiting && { waiting }) };
    return { target: aboutSelf(self), before, after, result: { ...identity, waiting }, afterwards };
  },
});

type Own = Awaited<ReturnType<typeof loadOwn>>;

/** To the new address, that it has to be confirmed; to the old one, if mails to it ever reached the person. */
async function mailsOfMove(
  tx: Tx,
  call: Call,
  { emailUnproven, ...before }: Omit<Own, "passwordHash">,
  email: string,
  waits: boolean,
): Promise<(() => Promise<void>)[]> {
  const notice = protectionNotice(call, before, (waits ? addressToMove : addressMoved)(email));
  const toOld = notice && !emailUnproven ? [notice] : [];
  if (!waits) return toOld;
  const taken = (await tx.user.count({ where: { emailKey: normaliseKey(email) } })) > 0;
  return [await holdAddress(tx, before, { email, taken }, call.at), ...toOld];
}

async function loadOwn(tx: Tx, id: string, version: number) {
  const user = await tx.user.findUniqueOrThrow({ where: { id }, select: ownRow });
  if (user.version === version) return user;
  const message =
    "Your account was changed elsewhere since you opened this form. Your entries are kept: compare and save again.";
  throw new AppError("conflict", "edit_conflict", message, { details: { version: user.version } });
}
