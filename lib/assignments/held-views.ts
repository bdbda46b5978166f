import { dangerOf, nextBegin, nextClosing, type Window } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { heldAt } from "./held.ts";
import { heldRowSelect, readWindow } from "./held-rows.ts";
import type { RuledRole } from "./refusals.ts";
import type { AssignmentView } from "./schema.ts";
import { isEditable, isTemporary } from "./sources.ts";

const select = {
  ...heldRowSelect,
  role: { select: { ...heldRowSelect.role.select, description: true, window: true } },
  organization: { select: { id: true, name: true } },
  team: { select: { id: true, name: true } },
} as const;

/** What somebody holds now or will hold, as screens show it, strongest role first. `why` says what keeps it from being taken away. */
export async function viewHeld(
  reader: Reader,
  { policy, catalogue }: ActivePolicy,
  userId: string,
  at: number,
  why: (role: RuledRole) => string | undefined = () => undefined,
): Promise<AssignmentView[]> {
  const rows = await reader.assignment.findMany({
    where: { userId, ...heldAt(new Date(at)) },
    select,
    orderBy: [
      { role: { rank: "desc" } },
      { role: { position: { sort: "asc", nulls: "last" } } },
      { createdAt: "asc" },
    ],
  });
  return rows.map((row) => {
    const window = readWindow(row.window);
    const roleWindow = readWindow(row.role.window);
    const { key, label, description } = row.role;
    const dangerous = dangerOf(policy, catalogue, key) !== undefined;
    return {
      id: row.id,
      role: { key, label, description, dangerous, window: roleWindow },
      source: row.source,
      givenBy: row.givenBy,
      givenAt: row.createdAt,
      reason: row.reason,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      window,
      organization: row.organization,
      team: row.team,
      temporary: isTemporary(row.source),
      editable: isEditable(row.source),
      ...clockOf(row, window, roleWindow, at),
      takeWhy: why(row.role),
    };
  });
}

/** When it counts next, and while it counts when hours end it. */
function clockOf(
  row: { id: string; startsAt: Date | null; endsAt: Date | null; role: { key: string } },
  window: Window | null,
  roleWindow: Window | null,
  at: number,
) {
  const start = row.startsAt?.getTime();
  const end = row.endsAt?.getTime();
  const own = window ?? undefined;
  const assignment = { id: row.id, role: row.role.key, start, end, window: own };
  const next = nextBegin(assignment, roleWindow ?? undefined, at);
  const active = next === at;
  const closings = active
    ? [window, roleWindow].flatMap((hours) => (hours ? (nextClosing(hours, at) ?? []) : []))
    : [];
  return {
    active,
    opensAt: active || next === undefined ? null : new Date(next),
    closesAt: closings.length > 0 ? new Date(Math.min(...closings)) : null,
  };
}
