import type { UserActor } from "#lib/kernel/actor.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { securityOf } from "#lib/settings/index.ts";
import { type Enrolled, enrolledFactors, hasFactor } from "./enrolled.ts";

/** The roles of somebody for which Settings > Security asks for a second factor. */
export async function rolesThatRequire(reader: Reader | Tx, { subject }: UserActor): Promise<string[]> {
  const { secondFactorRoles } = await securityOf(reader);
  return subject.assignments.map(({ role }) => role).filter((role) => secondFactorRoles.includes(role));
}

/** Why the one factor that is left stays: the same words for the refusal and for the disabled button. */
export function lastFactorRefusal(enrolled: Enrolled, requiring: readonly string[]): string | undefined {
  if (requiring.length === 0 || Number(enrolled.totp) + enrolled.passkeys > 1) return undefined;
  return `The role ${requiring[0]} needs a second factor, and this is your last one: add another before you remove it.`;
}

export async function refuseLastFactor(tx: Tx, actor: UserActor): Promise<void> {
  const refusal = lastFactorRefusal(await enrolledFactors(tx, actor.id), await rolesThatRequire(tx, actor));
  if (refusal) throw new AppError("conflict", "last_factor", refusal);
}

/** Without a factor there is nothing left that recovery codes or remembered browsers could stand for. */
export async function clearAfterLast(tx: Tx, userId: string): Promise<void> {
  if (hasFactor(await enrolledFactors(tx, userId))) return;
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const untrusted = { trustedAt: null, trustedUntil: null };
  await tx.knownBrowser.updateMany({ where: { userId }, data: untrusted });
}
