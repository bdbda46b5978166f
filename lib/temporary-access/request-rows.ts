import { dangerOf } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";

export const requestSelect = {
  id: true,
  reason: true,
  status: true,
  createdAt: true,
  endsAt: true,
  decidedAt: true,
  decidedBy: true,
  note: true,
  organizationId: true,
  teamId: true,
  organization: { select: { name: true } },
  team: { select: { name: true } },
  role: { select: { key: true, label: true, rank: true, guarded: true } },
  user: { select: { id: true, username: true, name: true, active: true } },
} as const;

interface Stored {
  id: string;
  reason: string;
  status: string;
  createdAt: Date;
  endsAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  note: string | null;
  organizationId: string | null;
  teamId: string | null;
  organization: { name: string } | null;
  team: { name: string } | null;
  role: { key: string; label: string; rank: number; guarded: boolean };
  user: { id: string; username: string; name: string; active: boolean };
}

/** A request as screens show it. */
export interface RequestRow {
  id: string;
  who: { id: string; username: string; name: string };
  role: { key: string; label: string; dangerous: boolean };
  /** The organization or team that it is narrowed to. */
  place: string | null;
  reason: string;
  createdAt: Date;
  endsAt: Date;
  status: string;
  /** Nobody decided in time. */
  lapsed: boolean;
  decidedAt: Date | null;
  decidedBy: string | null;
  note: string | null;
}

export function viewRequest(
  { user, role, organizationId: _organizationId, teamId: _teamId, organization, team, ...row }: Stored,
  { policy, catalogue }: ActivePolicy,
  at: number,
): RequestRow {
  return {
    ...row,
    who: { id: user.id, username: user.username, name: user.name },
    role: {
      key: role.key,
      label: role.label,
      dangerous: dangerOf(policy, catalogue, role.key) !== undefined,
    },
    place: team?.name ?? organization?.name ?? null,
    lapsed: row.status === "open" && row.endsAt.getTime() <= at,
  };
}
