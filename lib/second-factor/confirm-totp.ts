import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { firstRecoveryCodes } from "./first-recovery-codes.ts";
import { lockUser } from "./own-account.ts";
import { confirmTotpSchema } from "./schema.ts";
import { sealTotp } from "./spend-totp-code.ts";
import { dropPending, pendingTotp } from "./start-totp.ts";
import { stepOfCode } from "./totp.ts";

/** Turns the authenticator app on, in place of one that was there. The code that confirms it is spent by that. */
export const confirmTotp = defineCommand({
  name: "set up authenticator app",
  needs: "enrolling",
  protects: true,
  dangerous: true,
  input: confirmTotpSchema,
  async run({ tx, call, actor, at }, { code }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const secret = await pendingTotp(tx, self.id, call.at);
    if (!secret) {
      const message = "This QR code is too old or was used already: start again for a new one.";
      throw new AppError("conflict", "enrolment_expired", message);
    }
    const step = stepOfCode(secret, code, at);
    if (step === undefined) throw wrongCode();
    await dropPending(tx, self.id);
    const row = {
      secret: sealTotp(self.id, secret),
      confirmedAt: call.at,
      lastStep: step,
      createdAt: call.at,
    };
    const replaced = (await tx.totp.deleteMany({ where: { userId: self.id } })).count > 0;
    await tx.totp.create({ data: { userId: self.id, ...row }, select: { userId: true } });
    const codes = await firstRecoveryCodes(tx, self.id, call.at);
    return {
      target: aboutSelf(self),
      after: { authenticatorApp: true, replaced, recoveryCodes: codes.length },
      result: { codes },
      afterwards: protectionNotice(call, self, {
        subject: "An authenticator app was set up",
        what: replaced
          ? "Another authenticator app was set up for your account; the one before stopped working."
          : "An authenticator app was set up for your account.",
      }),
    };
  },
});

function wrongCode(): AppError {
  const hint = "Take the one that the app shows now, and see that the clock of the device is right.";
  return new AppError("invalid", "wrong_code", "This code does not fit.", { fields: { code: [hint] } });
}
