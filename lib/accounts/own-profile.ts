import { z } from "zod";
import { isProven } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand, defineQuery, proofRequired } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { identityColumns, refuseTaken, takenMeanwhile } from "#lib/users/index.ts";
import { ownRow } from "./own-account.ts";
import { ownProfileSchema } from "./schema.ts";

export const viewOwnProfile = defineQuery({
  name: "view own profile",
  needs: "signedIn",
  input: z.object({}),
  async run({ reader, actor }) {
    const { id } = requireUser(actor);
    const { passwordHash, ...profile } = await reader.user.findUniqueOrThrow({
      where: { id },
      select: ownRow,
    });
    const editWhy = syncedRefusal(actor)?.message;
    return { ...profile, hasPassword: passwordHash !== null, editWhy };
  },
});

/**
 * Own names and address; username, roles and status are for administrators. A new address is where reset links will go.
 * While roles are synced it also says whose account a verified address links to, so nobody gives themselves one.
 */
export const editOwnProfile = defineCommand({
  name: "edit own profile",
  needs: "signedIn",
  refusedUnderSync: true,
  input: ownProfileSchema,
  prepare: async ({ actor, concerns }) => concerns(aboutSelf(requireUser(actor))),
  async run({ tx, call, actor, at }, { version, ...names }) {
    const self = requireUser(actor);
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${self.id}::uuid FOR UPDATE`;
    const { passwordHash: _, ...before } = await loadOwn(tx, self.id, version);
    const moved = normaliseKey(before.email) !== normaliseKey(names.email);
    if (moved && !isProven(actor, at)) throw proofRequired();
    const identity = { ...names, username: before.username };
    await refuseTaken(tx, identity, self.id);
    const data = {
      ...identityColumns(identity),
      ...(moved && { emailUnproven: true }),
      version: { increment: 1 },
      updatedAt: call.at,
    };
    await tx.user.update({ where: { id: self.id }, data, select: { id: true } }).catch(takenMeanwhile);
    // A link that went to the old address is not for whoever has that one now.
    if (moved) await spendResetLinks(tx, self.id);
    const afterwards = moved ? protectionNotice(call, before, addressMoved) : undefined;
    return { target: aboutSelf(self), before, after: identity, result: identity, afterwards };
  },
});

async function loadOwn(tx: Tx, id: string, version: number) {
  const user = await tx.user.findUniqueOrThrow({ where: { id }, select: ownRow });
  if (user.version === version) return user;
  const message =
    "Your account was changed elsewhere since you opened this form. Your entries are kept: compare and save again.";
  throw new AppError("conflict", "edit_conflict", message, { details: { version: user.version } });
}
