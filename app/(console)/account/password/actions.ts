"use server";
import { changeOwnPassword } from "#lib/accounts/index.ts";
import { formAction } from "#lib/web/action.ts";

export const changeOwnPasswordForm = formAction(changeOwnPassword, ({ sessionsEnded }) =>
  sessionsEnded > 0
    ? `Password changed; ${sessionsEnded} other ${sessionsEnded === 1 ? "session" : "sessions"} ended`
    : "Password changed",
);
