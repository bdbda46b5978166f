import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { lockUser } from "./own-account.ts";
import { clearAfterLast, refuseLastFactor } from "./required.ts";
import { itemSchema } from "./schema.ts";

export const removePasskey = defineCommand({
  name: "remove passkey",
  needs: "signedIn",
  protects: true,
  dangerous: true,
  input: itemSchema,
  async run({ tx, call, actor }, { id }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const where = { id, userId: self.id };
    const passkey = await tx.passkey.findFirst({ where, select: { name: true } });
    if (!passkey)
      throw new AppError("not_found", "no_passkey", "There is no such passkey: it may have been removed.");
    await refuseLastFactor(tx, self);
    await tx.passkey.deleteMany({ where });
    await clearAfterLast(tx, self.id);
    return {
      target: aboutSelf(self),
      before: { passkey: passkey.name },
      result: passkey,
      afterwards: protectionNotice(call, self, {
        subject: "A passkey was removed from your account",
        what: `The passkey "${passkey.name}" was removed from your account.`,
      }),
    };
  },
});
