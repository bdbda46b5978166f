"use server";
import { saveRegistration } from "#lib/settings/index.ts";
import { createUser, deleteUser, resetPassword, type ShutOut, updateUser } from "#lib/users/index.ts";
import { formAction } from "#lib/web/action.ts";
import { makeResetLinkAction } from "#lib/web/reset-link.ts";

export const createUserForm = formAction(
  createUser,
  ({ username }) => `User created successfully: ${username}`,
);

export const updateUserForm = formAction(updateUser, ({ username, sessionsEnded }) =>
  sessionsEnded > 0 ? `Saved ${username}; ${sessionsEnded} of their sessions ended` : `Saved ${username}`,
);

export const makeResetLinkForm = makeResetLinkAction;

export const resetPasswordForm = formAction(
  resetPassword,
  (done) => `Password of ${done.username} reset${endedWords(done)}`,
);

export const deleteUserForm = formAction(
  deleteUser,
  ({ username }) => `Deleted ${username}`,
  () => {},
);

export const saveRegistrationForm = formAction(saveRegistration, ({ enabled }) =>
  enabled ? "Self-registration is on" : "Self-registration is off",
);

function endedWords({ sessionsEnded, devicesForgotten }: ShutOut): string {
  if (sessionsEnded + devicesForgotten === 0) return "";
  return `; ${sessionsEnded} of their sessions ended, ${devicesForgotten} trusted devices forgotten`;
}
