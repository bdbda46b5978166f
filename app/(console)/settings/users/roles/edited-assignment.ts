import type { AssignmentView, HoursView } from "#lib/assignments/schema.ts";

/** A row of Edit Roles while it is edited. */
export interface EditedAssignment {
  /** For the screen alone. */
  key: string;
  /** As it is stored; absent for one that is being added. */
  stored?: AssignmentView;
  role: { key: string; label: string; dangerous: boolean };
  /** ISO 8601, or empty. */
  startsAt: string;
  endsAt: string;
  window: HoursView | null;
  organizationId: string;
  teamId: string;
  reason: string;
  removed: boolean;
}

export const editedOf = (view: AssignmentView): EditedAssignment => ({
  key: view.id,
  stored: view,
  role: view.role,
  startsAt: view.startsAt?.toISOString() ?? "",
  endsAt: view.endsAt?.toISOString() ?? "",
  window: view.window,
  organizationId: view.organization?.id ?? "",
  teamId: view.team?.id ?? "",
  reason: view.reason ?? "",
  removed: false,
});

export const added = (role: EditedAssignment["role"], key: string): EditedAssignment => ({
  key,
  role,
  startsAt: "",
  endsAt: "",
  window: null,
  organizationId: "",
  teamId: "",
  reason: "",
  removed: false,
});

/** Whether a stored assignment was touched. */
export function isTouched(row: EditedAssignment): boolean {
  if (!row.stored) return false;
  const { key: _, stored: __, removed: ___, role: ____, ...now } = row;
  const { key: _k, stored: _s, removed: _r, role: _o, ...before } = editedOf(row.stored);
  return JSON.stringify(now) !== JSON.stringify(before);
}

/** "2 added, 1 removed": what saving would do; empty when nothing. */
export function changeWords(rows: readonly EditedAssignment[]): string {
  const counts = [
    [rows.filter((row) => !row.stored).length, "added"],
    [rows.filter((row) => !row.removed && isTouched(row)).length, "changed"],
    [rows.filter((row) => row.removed).length, "removed"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(", ");
}

/** A draft over what is stored now: what went is gone, what is untouched is as it is now, what is new is there. */
export function rebased(
  rows: readonly EditedAssignment[],
  stored: readonly AssignmentView[],
): EditedAssignment[] {
  const drafts = new Map(rows.flatMap((row) => (row.stored ? [[row.stored.id, row] as const] : [])));
  const present = stored.map((view) => {
    const draft = drafts.get(view.id);
    return draft && (draft.removed || isTouched(draft)) ? { ...draft, stored: view } : editedOf(view);
  });
  return [...present, ...rows.filter((row) => !row.stored)];
}
