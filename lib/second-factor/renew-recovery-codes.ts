import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { enrolledFactors, hasFactor } from "./enrolled.ts";
import { lockUser } from "./own-account.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";

/** Ten new codes; those from before stop working. */
export const renewRecoveryCodes = defineCommand({
  name: "renew recovery codes",
  needs: "signedIn",
  protects: true,
  dangerous: true,
  input: z.object({}),
  async run({ tx, call, actor }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const enrolled = await enrolledFactors(tx, self.id);
    if (!hasFactor(enrolled)) {
      const message =
        "Recovery codes stand in for a second factor: set up an authenticator app or a passkey first.";
      throw new AppError("conflict", "no_factor", message);
    }
    const codes = await replaceRecoveryCodes(tx, self.id, call.at);
    return {
      target: aboutSelf(self),
      before: { recoveryCodes: enrolled.recoveryCodes },
      after: { recoveryCodes: codes.length },
      result: { codes },
      afterwards: protectionNotice(call, self, {
        subject: "Your recovery codes were renewed",
        what: "Your recovery codes were renewed; the old ones stopped working.",
      }),
    };
  },
});
