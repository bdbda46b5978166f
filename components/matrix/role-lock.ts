import type { MatrixData, MatrixRole } from "#lib/roles/matrix-data.ts";

/** Why this role's grants cannot be edited by this person; nothing when they can. */
export function lockOf(role: MatrixRole, edit: MatrixData["edit"]): string | undefined {
  if (!edit.allowed) return edit.why;
  return role.edit.allowed ? undefined : role.edit.why;
}
