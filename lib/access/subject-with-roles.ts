import type { Subject } from "./model.ts";

/** Stands for the organizations and teams of whoever may come to hold a set of roles. */
export const ownPlaceholder = "*";

/**
 * Somebody who would hold these roles and nothing else, for ever and at all hours: to evaluate a set of roles that nobody holds.
 * @param known what is known about them; without it they belong to some organization and team of their own,
 * so that what is limited to those shows as limited, not as denied
 */
export const subjectWithRoles = (
  roleKeys: readonly string[],
  known: Partial<Omit<Subject, "assignments">> = {},
): Subject => ({
  id: ownPlaceholder,
  active: true,
  organizations: [ownPlaceholder],
  teams: [ownPlaceholder],
  ...known,
  assignments: [...new Set(roleKeys)].map((role) => ({ id: role, role })),
});
