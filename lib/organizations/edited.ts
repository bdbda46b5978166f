import { AppError } from "#lib/kernel/errors.ts";
import { organizationGone } from "./view-organization.ts";

/** The row is as the form showed it, or somebody was faster. */
export function refuseConflict(row: { name: string; version: number }, version: number): void {
  if (row.version === version) return;
  const message = `Somebody else changed ${row.name} since you opened this form. Your entries are kept: compare and save again.`;
  throw new AppError("conflict", "edit_conflict", message, { details: { version: row.version } });
}

/**
 * A name is there once; two at once: the unique index decides, and the loser gets the same answer. So does whoever adds
 * something to what is deleted meanwhile.
 */
export function nameTaken(what: string, name: string) {
  return (error: unknown): never => {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "P2003") throw organizationGone();
    if (error.code !== "P2002") throw error;
    const message = `There is ${what} called ${name} already: choose another name.`;
    throw new AppError("conflict", "name_taken", message, { fields: { name: [message] } });
  };
}
