import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { localSignIn, roleSyncOf } from "#lib/providers/index.ts";
import { registrationOf } from "#lib/settings/index.ts";

/**
 * The settings of self-registration while it is on. Synced: who has an account is not for people to say themselves.
 * Without passwords nobody could use an account that they made.
 */
export async function openRegistration(reader: Reader | Tx) {
  const registration = await registrationOf(reader);
  if (!registration.enabled || !(await localSignIn(reader)) || (await roleSyncOf(reader))) return undefined;
  return registration;
}

/** The same for what cannot go on without. */
export async function requireRegistration(reader: Reader | Tx) {
  const registration = await openRegistration(reader);
  if (registration) return registration;
  throw new AppError(
    "forbidden",
    "sign_up_off",
    "User signup is currently disabled. Ask an administrator for an account.",
  );
}

/** Whether the sign-in page shows the sign-up link. Says nothing else of the settings. */
export const registrationOpen = defineQuery({
  name: "ask whether sign-up is open",
  needs: "public",
  input: z.object({}),
  run: async ({ reader }) => (await openRegistration(reader)) !== undefined,
});
