import { deleteMonths } from "#lib/audit-log/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { thrownByDatabase } from "#lib/kernel/thrown-by-database.ts";
import { untilTableFree } from "./until-table-free.ts";

/**
 * Deletes the months of the audit log before one, such as "2026-01". While something else reads the log, as a backup does
 * for its whole time, it waits without keeping the console from writing, and says for whom.
 * @param databaseUrl as the owner of the log
 */
export async function deleteAuditMonths(databaseUrl: string, before: string) {
  for (;;) {
    await untilTableFree(databaseUrl, "audit_events", "delete months of the audit log");
    try {
      return await runCommand(deleteMonths, systemCall("audit"), { before });
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
  }
}

/** Somebody has come in between. */
const isHeld = (error: unknown) =>
  error instanceof AppError && thrownByDatabase(error).some(({ codes }) => codes.includes("55P03"));
