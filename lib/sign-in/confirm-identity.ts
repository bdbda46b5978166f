import { callerOf } from "#lib/kernel/caller.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { forgetTurns, orGiveBack, takeTurnOf, turnOf } from "#lib/kernel/rate-limit.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { verifyPassword } from "#lib/passwords/index.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import { confirmed, ownSession } from "./confirmed.ts";
import { enterAccount, type Proven } from "./enter-account.ts";
import { confirmIdentitySchema } from "./schema.ts";

/**
 * Whoever is signed in proves with their password that it is still them, which dangerous acts ask for.
 * The session goes on with a new token; the old one opens nothing any more.
 */
export const confirmIdentity = defineCommand({
  name: "confirm identity",
  needs: "enrolling",
  protects: true,
  input: confirmIdentitySchema,
  async prepare({ reader, actor, call, concerns }, { password }): Promise<Proven> {
    const self = requireUser(actor);
    concerns(ownSession(self));
    await requireLocalSignIn(reader);
    const { id, username } = self;
    const { passwordHash } = await reader.user.findUniqueOrThrow({
      where: { id },
      select: { passwordHash: true },
    });
    if (!passwordHash) throw noPassword();
    // The same count as for changing the own password. By session: guesses in a stolen one leave its owner the others.
    await takeTurnOf("ownPassword", self.sessionId, "wrong passwords");
    const fits = () => verifyPassword(passwordHash, password, callerOf(call));
    if (!(await orGiveBack([turnOf("ownPassword", self.sessionId)], fits))) throw wrongPassword();
    await forgetTurns("ownPassword", self.sessionId);
    return { id, username, passwordHash };
  },
  async run({ tx, actor, call }, _input, proven) {
    const self = requireUser(actor);
    if (!(await enterAccount(tx, proven))) throw wrongPassword();
    return confirmed(tx, call, self, "password");
  },
});

function wrongPassword(): AppError {
  const message = "This is not your password.";
  return new AppError("forbidden", "wrong_password", message, { fields: { password: [message] } });
}

function noPassword(): AppError {
  const message =
    "Your account has no password to confirm with: use another way, or sign out and sign in again, which proves as much.";
  return new AppError("conflict", "no_password", message);
}
