import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { forgetCodeGuesses, lockUser, proveByCode, takeCodeGuess } from "#lib/second-factor/index.ts";

import { confirmed, ownSession } from "./confirmed.ts";
import { confirmCodeSchema } from "./schema.ts";

/** With a code of the authenticator app. Recovery codes are for coming in again, and are not spent here. */
export const confirmWithCode = defineCommand({
  name: "confirm identity with code",
  needs: "enrolling",
  protects: true,
  input: confirmCodeSchema,
  async prepare({ reader, actor, call, concerns }) {
    const self = requireUser(actor);
    concerns(ownSession(self));
    await requireLocalSignIn(reader);
    return takeCodeGuess(reader, call, self.id);
  },
  async run({ tx, actor, call }, { code }, counted) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    if (!(await proveByCode(tx, self.id, code, call.at))) throw wrongCode();
    await forgetCodeGuesses(tx, counted);
    return confirmed(tx, call, self, "totp");
  },
});

function wrongCode(): AppError {
  const hint = "Take the one that the app shows now; each code works once.";
  return new AppError("forbidden", "wrong_code", "This code does not work.", { fields: { code: [hint] } });
}
