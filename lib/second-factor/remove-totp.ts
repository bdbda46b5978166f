import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { lockUser } from "./own-account.ts";
import { clearAfterLast, refuseLastFactor } from "./required.ts";

export const removeTotp = defineCommand({
  name: "remove authenticator app",
  needs: "signedIn",
  protects: true,
  dangerous: true,
  input: z.object({}),
  async run({ tx, call, actor }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const where = { userId: self.id };
    if ((await tx.totp.count({ where })) === 0)
      throw new AppError("not_found", "no_totp", "No authenticator app is set up: it may have been removed.");
    await refuseLastFactor(tx, self);
    await tx.totp.deleteMany({ where });
    await clearAfterLast(tx, self.id);
    return {
      target: aboutSelf(self),
      before: { authenticatorApp: true },
      result: null,
      afterwards: protectionNotice(call, self, {
        subject: "Your authenticator app was removed",
        what: "The authenticator app was removed from your account.",
      }),
    };
  },
});
