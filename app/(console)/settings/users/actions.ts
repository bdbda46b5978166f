"use server";
import { saveRegistration } from "#lib/settings/index.ts";
import { createUser, updateUser } from "#lib/users/index.ts";
import { formAction } from "#lib/web/action.ts";

export const createUserForm = formAction(
  createUser,
  ({ username }) => `User created successfully: ${username}`,
);

export const updateUserForm = formAction(updateUser, ({ username, sessionsEnded }) =>
  sessionsEnded > 0 ? `Saved ${username}; ${sessionsEnded} of their sessions ended` : `Saved ${username}`,
);

export const saveRegistrationForm = formAction(saveRegistration, ({ enabled }) =>
  enabled ? "Self-registration is on" : "Self-registration is off",
);
