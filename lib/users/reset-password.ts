import { keepingAdministrators } from "#lib/assignments/index.ts";
import { callerOf } from "#lib/kernel/caller.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { acceptPassword, issueResetLink, setPassword } from "#lib/passwords/index.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { refuseReset } from "./rules.ts";
import { resetPasswordSchema, userIdSchema } from "./schema.ts";
import { shutOut } from "./shut-out.ts";

/** An administrator lets somebody choose a new password: the old one works nowhere from now on, the link once. */
export const resetPasswordByLink = defineCommand({
  name: "reset password with link",
  needs: "manageUsers",
  changesAccess: true,
  dangerous: true,
  refusedUnderSync: true,
  input: userIdSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id }) {
    const { tx, call } = context;
    const user = await resettable(context, tx, id);
    // The old password goes at once: nothing waits for the link to be used.
    const change = { userId: id, seen: user.passwordHash, hash: null, at: call.at };
    await keepingAdministrators(tx, call.at, "edit", () => setPassword(tx, change), id).catch(sayWhyNoLink);
    const ended = await shutOut(tx, id, "password reset", call);
    const token = await issueResetLink(tx, id, call.at);
    const { username, email } = user;
    return {
      target: { kind: "user", id, name: username },
      after: { ...ended, link: "issued" },
      result: { username, email, token, ...ended },
      afterwards: protectionNotice(call, user, {
        subject: "Your password was reset",
        what: "An administrator reset your password: the old one is gone.",
      }),
    };
  },
});

/** An administrator sets a password themselves. */
export const resetPassword = defineCommand({
  name: "reset password",
  needs: "manageUsers",
  changesAccess: true,
  dangerous: true,
  refusedUnderSync: true,
  input: resetPasswordSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare(context, { id, password }) {
    const { reader, call, concerns } = context;
    concerns(await nameTarget(reader, id));
    const user = await resettable(context, reader, id);
    return { seen: user.passwordHash, hash: await acceptPassword(reader, password, user, callerOf(call)) };
  },
  async run(context, { id }, { seen, hash }) {
    const { tx, call } = context;
    const user = await resettable(context, tx, id);
    const { username } = user;
    await setPassword(tx, { userId: id, seen, hash, at: call.at });
    const ended = await shutOut(tx, id, "password reset", call);
    return {
      target: { kind: "user", id, name: username },
      after: ended,
      result: { username, ...ended },
      afterwards: protectionNotice(call, user, {
        subject: "Your password was changed",
        what: "An administrator set another password for your account.",
      }),
    };
  },
});

/** Until the link is used its user cannot sign in: not for the last one who keeps the console manageable. */
function sayWhyNoLink(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  const message =
    "Cannot reset the last user who can administer with a link, which may go unused: set a password instead.";
  throw new AppError("conflict", error.reason, message);
}

async function resettable({ actor, at }: Context, reader: Reader | Tx, id: string) {
  const user = await findTarget(reader, id, at);
  refuseReset(actor, user, at);
  return user;
}
