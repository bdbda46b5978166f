import type { Caller } from "#lib/kernel/caller.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { securityOf } from "#lib/settings/index.ts";
import { verifyPassword } from "./hash.ts";

/** The present password is never a new one; neither are the last so many before it. */
export async function refuseReuse(
  reader: Reader,
  userId: string,
  password: string,
  caller: Caller,
): Promise<void> {
  const { passwordHistory: remembered } = await securityOf(reader);
  const user = await reader.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  const present = user?.passwordHash ?? undefined;
  const former = await reader.formerPassword.findMany({
    where: { userId },
    select: { hash: true },
    orderBy: newestFirst,
    // After a reset there is no present one: what it was is the latest of the former.
    take: present === undefined ? Math.max(1, remembered) : remembered,
  });
  if (present !== undefined && (await verifyPassword(present, password, caller))) throw reused(true);
  for (const { hash } of former) if (await verifyPassword(hash, password, caller)) throw reused(false);
}

/** Keeps the password that was just replaced, and of the older ones no more than the policy asks for. */
export async function rememberPassword(tx: Tx, userId: string, hash: string, at: Date): Promise<void> {
  const { passwordHistory: remembered } = await securityOf(tx);
  await tx.formerPassword.create({
    data: { id: newId(at.getTime()), userId, hash, createdAt: at },
    select: { id: true },
  });
  const tooOld = await tx.formerPassword.findMany({
    where: { userId },
    select: { id: true },
    orderBy: newestFirst,
    skip: Math.max(1, remembered),
  });
  await tx.formerPassword.deleteMany({ where: { id: { in: tooOld.map(({ id }) => id) } } });
}

const newestFirst = [{ createdAt: "desc" as const }, { id: "desc" as const }];

function reused(present: boolean): AppError {
  const message = present
    ? "This is the present password: choose one that differs."
    : "This password was used before: choose one that is new.";
  return new AppError("invalid", "password_reused", "Some fields need another look.", {
    fields: { password: [message] },
  });
}
