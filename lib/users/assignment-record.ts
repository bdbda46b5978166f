import type { lastingRows } from "#lib/assignments/index.ts";

type Row = Awaited<ReturnType<typeof lastingRows>>[number];

/** An assignment as the trail keeps it: what was not limited is not mentioned. */
export function recordOf({ role, startsAt, endsAt, window, organizationId, teamId, reason }: Row) {
  const said = { startsAt, endsAt, window, organizationId, teamId, reason };
  return {
    role: role.key,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
  };
}
