import { isTimeZone } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Extent } from "./validity.ts";

/** Names the field that the refusal stands beside. */
export type FieldName = (
  field: "role" | "startsAt" | "endsAt" | "window.timeZone" | "organizationId" | "teamId",
) => string;

function refuse(reason: string, message: string, field: string): never {
  throw new AppError("invalid", reason, message, { fields: { [field]: [message] } });
}

/** Times that can come true: an end that lies ahead, after the start, and hours in a time zone that exists. */
export function refuseImpossibleTimes(extent: Extent, at: Date, field: FieldName): void {
  const { startsAt, endsAt, window } = extent;
  if (endsAt && endsAt <= at)
    refuse("end_in_past", "This end has passed: choose a later one.", field("endsAt"));
  if (endsAt && startsAt && endsAt <= startsAt)
    refuse("end_before_start", "It has to end after it starts.", field("endsAt"));
  if (window && !isTimeZone(window.timeZone)) {
    const message = `There is no time zone "${window.timeZone}": use a name such as Europe/Berlin.`;
    refuse("unknown_time_zone", message, field("window.timeZone"));
  }
}

/**
 * Organization and team must be there and belong together, and the holder must belong to them:
 * narrowed to a place where somebody is not, a role would silently give nothing of what it narrows.
 */
export async function refuseForeignPlace(
  tx: Tx,
  userId: string,
  extent: Extent,
  field: FieldName,
): Promise<void> {
  const { organizationId, teamId } = extent;
  if (organizationId) {
    const organization = await tx.organization.findUnique({
      where: { id: organizationId },
      select: { name: true, members: { where: { userId }, select: { userId: true } } },
    });
    if (!organization)
      refuse("organization_not_found", "There is no such organization.", field("organizationId"));
    if (organization.members.length === 0) {
      const message = `They are no member of ${organization.name}: add them to it first.`;
      refuse("not_a_member", message, field("organizationId"));
    }
  }
  if (!teamId) return;
  const team = await tx.team.findUnique({
    where: { id: teamId },
    select: { name: true, organizationId: true, members: { where: { userId }, select: { userId: true } } },
  });
  if (!team) refuse("team_not_found", "There is no such team.", field("teamId"));
  if (organizationId && team.organizationId !== organizationId)
    refuse("team_elsewhere", `${team.name} belongs to another organization.`, field("teamId"));
  if (team.members.length === 0)
    refuse("not_a_member", `They are no member of ${team.name}: add them to it first.`, field("teamId"));
}
