import type { AssignmentView } from "./schema.ts";

/** Keys of the roles that somebody holds for good, at every hour and everywhere: more of them there is not. */
export const heldInFull = (held: readonly AssignmentView[]): string[] =>
  held
    .filter((one) => !one.startsAt && !one.endsAt && !one.window && !one.organization && !one.team)
    .map(({ role }) => role.key);
