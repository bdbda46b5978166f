import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Prisma } from "#prisma";
import type { Identity } from "./schema.ts";

/** The columns that follow from who somebody is. */
export function identityColumns(identity: Identity) {
  const name = [identity.givenName, identity.familyName].filter(Boolean).join(" ");
  return {
    ...identity,
    name,
    usernameKey: normaliseKey(identity.username),
    emailKey: normaliseKey(identity.email),
    searchText: normaliseKey([identity.username, identity.email, name].join(" ")),
  };
}

/**
 * Adds a user row. A taken username or email is named beside its field.
 * @param passwordHash null: they only come in through an identity provider
 * @param emailUnproven they typed their address themselves, and nobody else vouched for it
 */
export async function insertUser(
  tx: Tx,
  identity: Identity,
  passwordHash: string | null,
  at: Date,
  emailUnproven = false,
): Promise<{ id: string }> {
  await refuseTaken(tx, identity);
  const data = {
    ...identityColumns(identity),
    id: newId(at.getTime()),
    passwordHash,
    emailUnproven,
    createdAt: at,
    updatedAt: at,
  };
  return tx.user.create({ data, select: { id: true } }).catch(takenMeanwhile);
}

/** Says which of the two is taken; `except` is the row that may keep its own. */
export async function refuseTaken(tx: Tx, identity: Identity, except?: string): Promise<void> {
  const { usernameKey, emailKey } = identityColumns(identity);
  const where: Prisma.UserWhereInput = {
    OR: [{ usernameKey }, { emailKey }],
    ...(except && { id: { not: except } }),
  };
  const taken = await tx.user.findMany({ where, select: { usernameKey: true, emailKey: true } });
  if (taken.length === 0) return;
  throw new AppError("conflict", "taken", "Username or email already exists.", {
    fields: {
      ...(taken.some((row) => row.usernameKey === usernameKey) && {
        username: ["This username is taken: choose another."],
      }),
      ...(taken.some((row) => row.emailKey === emailKey) && {
        email: ["An account with this email address exists already."],
      }),
    },
  });
}

/** Two at once: the unique index decides, and the loser gets the same answer. */
export function takenMeanwhile(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "P2002") {
    throw new AppError("conflict", "taken", "Username or email already exists.");
  }
  throw error;
}
