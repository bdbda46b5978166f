import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { verifyPassword } from "#lib/passwords/index.ts";
import { renewSession } from "#lib/sessions/index.ts";
import { enterAccount, type Proven } from "./enter-account.ts";
import { forgetTurns, takeTurnOf } from "./limiter.ts";
import { confirmIdentitySchema, noInputSchema } from "./schema.ts";

/**
 * Whoever is signed in proves with their password that it is still them, which dangerous acts ask for.
 * The session goes on with a new token; the old one opens nothing any more.
 */
export const confirmIdentity = defineCommand({
  name: "confirm identity",
  needs: "enrolling",
  input: confirmIdentitySchema,
  async prepare({ reader, actor, concerns }, { password }): Promise<Proven> {
    const { id, username, sessionId } = requireUser(actor);
    concerns({ kind: "session", id: sessionId, name: username });
    const passwordHash = await passwordHashOf(reader, id);
    if (!passwordHash) throw noPassword();
    // The same count as for changing the own password: guesses here are guesses there.
    await takeTurnOf("ownPassword", id, "wrong passwords");
    if (!(await verifyPassword(passwordHash, password))) throw wrongPassword();
    await forgetTurns("ownPassword", id);
    return { id, username, passwordHash };
  },
  async run({ tx, actor, call }, { password }, proven) {
    const self = requireUser(actor);
    if (!(await enterAccount(tx, proven, password))) throw wrongPassword();
    const token = await renewSession(tx, call, self);
    if (!token) throw overtaken();
    return {
      target: { kind: "session", id: self.sessionId, name: self.username },
      after: { method: "password" },
      result: { token },
    };
  },
});

/** Which ways somebody has to confirm who they are. A passkey would be another; it is not one yet. */
export const waysToConfirm = defineQuery({
  name: "view ways to confirm identity",
  needs: "enrolling",
  input: noInputSchema,
  run: async ({ reader, actor }) => ({
    password: Boolean(await passwordHashOf(reader, requireUser(actor).id)),
  }),
});

async function passwordHashOf(reader: Reader, id: string): Promise<string | null> {
  const user = await reader.user.findUnique({ where: { id }, select: { passwordHash: true } });
  return user?.passwordHash ?? null;
}

function wrongPassword(): AppError {
  const message = "This is not your password.";
  return new AppError("forbidden", "wrong_password", message, { fields: { password: [message] } });
}

function noPassword(): AppError {
  const message =
    "Your account has no password to confirm with: sign out and sign in again, which proves as much.";
  return new AppError("conflict", "no_password", message);
}

function overtaken(): AppError {
  const message = "This session was confirmed in another tab, or has ended: try again.";
  return new AppError("conflict", "session_changed", message);
}
