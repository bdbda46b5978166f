import { type Refusal, throwIf } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { policyChanged } from "#lib/policy/index.ts";
import { registrationOf } from "#lib/settings/index.ts";
import { deleteRefusal, type EditedRole } from "./role-refusals.ts";

/** Why a role stays, whoever holds it: it is built in, others inherit from it, or new users get it. */
export async function stayingRefusal(
  reader: Reader | Tx,
  role: EditedRole & { id: string },
): Promise<Refusal | undefined> {
  const heirs = await reader.role.findMany({
    where: { bases: { some: { baseId: role.id } } },
    select: { key: true },
    orderBy: { key: "asc" },
  });
  return (
    deleteRefusal(role) ??
    inheritedRefusal(
      role.key,
      heirs.map(({ key }) => key),
    ) ??
    defaultRefusal(role.key, (await registrationOf(reader)).role)
  );
}

/** Removes a role that nobody holds any more, with its grants. */
export async function removeRole(tx: Tx, role: EditedRole & { id: string }): Promise<void> {
  throwIf(await stayingRefusal(tx, role));
  // What is left of its assignments has ended.
  await tx.assignment.deleteMany({ where: { roleId: role.id, endsAt: { not: null } } });
  await tx.role.delete({ where: { id: role.id }, select: { id: true } });
  await policyChanged(tx);
}

function inheritedRefusal(key: string, heirs: readonly string[]) {
  if (heirs.length === 0) return undefined;
  const message = `Cannot delete role: ${heirs.join(", ")} inherit from ${key}. Take it out of their base roles first.`;
  return { code: "conflict" as const, reason: "role_inherited", message };
}

function defaultRefusal(key: string, registrationRole: string) {
  if (key !== registrationRole) return undefined;
  const message = `Cannot delete role: ${key} is the default role for new users. Choose another in User Registration Settings first.`;
  return { code: "conflict" as const, reason: "role_is_default", message };
}
