import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { RuledRole } from "./refusals.ts";

export interface StoredRole extends RuledRole {
  id: string;
  dangerous: boolean;
}

/** The roles of these keys, in their order. A key that names no role is refused beside its `field`. */
export async function ruledRoles(
  tx: Tx | Reader,
  keys: readonly string[],
  field: string | ((key: string) => string) = "roles",
): Promise<StoredRole[]> {
  const found = await tx.role.findMany({
    where: { key: { in: [...keys] } },
    select: { id: true, key: true, label: true, rank: true, guarded: true, dangerous: true },
  });
  return [...new Set(keys)].map((key) => {
    const role = found.find((row) => row.key === key);
    if (role) return role;
    const message = `There is no role "${key}": it may have been deleted.`;
    const name = typeof field === "string" ? field : field(key);
    throw new AppError("invalid", "role_not_found", message, { fields: { [name]: [message] } });
  });
}

/** Single: with a single-assignment catalogue a user has exactly one role. */
export function refuseSeveral(
  assignment: "single" | "multiple",
  keys: readonly string[],
  field = "roles",
): void {
  if (assignment === "multiple" || keys.length === 1) return;
  const message = "A user has exactly one role here: choose one.";
  throw new AppError("invalid", "single_role", message, { fields: { [field]: [message] } });
}

export function refuseNone(roles: readonly string[], field: string): void {
  if (roles.length > 0) return;
  const message = "A user holds at least one role: to take everything away, deactivate the account.";
  throw new AppError("invalid", "no_role", message, { fields: { [field]: [message] } });
}
