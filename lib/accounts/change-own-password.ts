import { callerOf } from "#lib/kernel/caller.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { forgetTurns, orGiveBack, takeTurnOf, turnOf } from "#lib/kernel/rate-limit.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { forgetOtherBrowsersOf } from "#lib/known-browsers/index.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { acceptPassword, setPassword, verifyPassword } from "#lib/passwords/index.ts";
import { endOtherSessionsOf } from "#lib/sessions/index.ts";
import { ownRow } from "./own-account.ts";
import { ownPasswordSchema } from "./schema.ts";

/** Whoever knows the present password chooses another. Every other session ends; the one that asks stays. */
export const changeOwnPassword = defineCommand({
  name: "change own password",
  needs: "signedIn",
  protects: true,
  input: ownPasswordSchema,
  async prepare({ reader, actor, call, concerns }, { currentPassword, password }) {
    const self = requireUser(actor);
    concerns(aboutSelf(self));
    const user = await reader.user.findUniqueOrThrow({ where: { id: self.id }, select: ownRow });
    await takeTurnOf("ownPassword", self.sessionId, "wrong passwords");
    const caller = callerOf(call);
    const fits = () => verifyPassword(user.passwordHash, currentPassword, caller);
    if (!(await orGiveBack([turnOf("ownPassword", self.sessionId)], fits))) throw wrongPassword();
    await forgetTurns("ownPassword", self.sessionId);
    return { seen: user.passwordHash, hash: await acceptPassword(reader, password, user, caller) };
  },
  async run({ tx, call, actor }, { forgetDevices }, { seen, hash }) {
    const self = requireUser(actor);
    await setPassword(tx, { userId: self.id, seen, hash, at: call.at });
    const sessionsEnded = await endOtherSessionsOf(tx, self.id, self.sessionId, "password changed", call);
    const how = { session: self.sessionId, trusted: forgetDevices };
    const devicesForgotten = await forgetOtherBrowsersOf(tx, self.id, how);
    const after = { sessionsEnded, devicesForgotten };
    const afterwards = protectionNotice(call, self, {
      subject: "Your password was changed",
      what: "Your password was changed.",
    });
    return { target: aboutSelf(self), after, result: after, afterwards };
  },
});

function wrongPassword(): AppError {
  const message = "This is not your present password.";
  return new AppError("forbidden", "wrong_password", message, { fields: { currentPassword: [message] } });
}
