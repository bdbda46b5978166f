import {
  dangerWords,
  heldAt,
  ownRoleRefusal,
  takingRefusal,
  temporarySources,
} from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";

/** Temporary access that runs or is to come. */
export interface ActiveAccess {
  id: string;
  who: { id: string; username: string; name: string };
  role: { key: string; label: string; dangerous: boolean };
  /** The organization or team that it is narrowed to. */
  place: string | null;
  source: string;
  givenBy: string | null;
  reason: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Why the one who looks may not end it early. */
  endWhy: string | undefined;
}

const most = 200;

export async function activeAccess(reader: Reader, actor: Actor, at: number): Promise<ActiveAccess[]> {
  const { access } = requireUser(actor);
  const rows = await reader.assignment.findMany({
    where: { source: { in: temporarySources }, ...heldAt(new Date(at)) },
    select: {
      id: true,
      source: true,
      givenBy: true,
      reason: true,
      startsAt: true,
      endsAt: true,
      role: { select: { key: true, label: true, rank: true, guarded: true } },
      organization: { select: { name: true } },
      team: { select: { name: true } },
      user: { select: { id: true, username: true, name: true } },
    },
    orderBy: [{ endsAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return rows.map(({ user, role, organization, team, ...row }) => ({
    ...row,
    who: user,
    role: { key: role.key, label: role.label, dangerous: dangerWords(access, role.key) !== undefined },
    place: team?.name ?? organization?.name ?? null,
    endWhy: (syncedRefusal(actor) ?? ownRoleRefusal(actor, user.id) ?? takingRefusal(actor, role, at))
      ?.message,
  }));
}
