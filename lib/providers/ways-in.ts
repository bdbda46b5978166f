import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { Prisma } from "#prisma";
import { statesFrom, syncColumn, syncColumnSchema } from "./role-sync.ts";

/** The setting that closes sign-in without a provider, beside OIDC_DISABLE_LOCAL_AUTH. */
export const signOnKey = "single sign-on";
const storedSchema = z.object({ disableLocalSignIn: z.boolean().default(false) });

/** May people sign in here without a provider? Off, neither passwords nor passkeys open anything, and nobody signs up. */
export async function localSignIn(reader: Reader | Tx): Promise<boolean> {
  return (await waysIn(reader)).local;
}

/** Refuses what only opens with a password or passkey, or leads to one. */
export async function requireLocalSignIn(reader: Reader | Tx): Promise<void> {
  if (!(await localSignIn(reader))) throw localSignInOff();
}

function localSignInOff(): AppError {
  const message =
    "Passwords and passkeys are switched off here: sign in through your company's identity provider.";
  return new AppError("forbidden", "local_sign_in_off", message);
}

/**
 * Whether the user `u` of a written statement could sign in, if they are active: with a password while that is open,
 * or at a provider that is on.
 */
export async function ableToSignIn(reader: Reader | Tx): Promise<Prisma.Sql> {
  const { local, providers } = await waysIn(reader);
  const atProvider = Prisma.sql`EXISTS (
    SELECT 1 FROM identities i WHERE i.user_id = u.id AND i.provider = ANY(${providers}::text[]) OFFSET 0)`;
  return local ? Prisma.sql`(u.password_hash IS NOT NULL OR ${atProvider})` : atProvider;
}

async function waysIn(reader: Reader | Tx): Promise<{ local: boolean; providers: string[] }> {
  const [row] = await reader.$queryRaw<{ providers: unknown; stored: unknown }[]>`
    SELECT ${syncColumn} AS providers, (SELECT value FROM settings WHERE key = ${signOnKey}) AS stored`;
  const states = statesFrom(syncColumnSchema.parse(row?.providers));
  const stored = storedSchema.safeParse(row?.stored ?? {});
  return {
    local: !(env().oidc.disableLocalSignIn ?? (stored.success && stored.data.disableLocalSignIn)),
    providers: states.filter(({ enabled }) => enabled).map(({ slug }) => slug),
  };
}
