import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Unknown keys are refused on write; so are retired ones, which no role may gain. */
export async function refuseUnknownPermissions(
  tx: Tx,
  keys: readonly string[],
  field: string,
): Promise<void> {
  const known = await tx.permission.findMany({
    where: { key: { in: [...keys] }, retired: false },
    select: { key: true },
  });
  const missing = keys.filter((key) => !known.some((row) => row.key === key));
  if (missing.length === 0) return;
  const message = `There is no permission ${missing.slice(0, 5).join(", ")}: reload the page and choose again.`;
  throw new AppError("invalid", "unknown_permission", message, { fields: { [field]: [message] } });
}
