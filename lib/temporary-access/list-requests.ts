import { z } from "zod";
import type { Subject } from "#lib/access/index.ts";
import {
  dangerWords,
  givingRefusal,
  loadSubjects,
  type Refusal,
  userRankRefusal,
} from "#lib/assignments/index.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { type ActiveAccess, activeAccess } from "./active-access.ts";
import { type RequestRow, requestSelect, viewRequest } from "./request-rows.ts";
import { decisionRefusal, inactiveRefusal } from "./rules.ts";

const mostOpen = 100;
const mostDecided = 20;

export interface OpenRequest extends RequestRow {
  /** What granting it means, where that has to be confirmed. */
  danger: string | undefined;
  /** Why the one who looks may not grant it: the rule that would refuse. */
  grantWhy: string | undefined;
  refuseWhy: string | undefined;
}

export interface Requests {
  open: OpenRequest[];
  decided: RequestRow[];
  active: ActiveAccess[];
}

/** Who asks for what, what was decided lately, and who has temporary access now. */
export const listRequests = defineQuery({
  name: "list access requests",
  needs: "manageUsers",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<Requests> {
    const { access } = requireUser(actor);
    const rows = await shownRequests(reader);
    const open = rows.filter(({ status }) => status === "open");
    const subjectOf = await loadSubjects(
      reader,
      open.map(({ user }) => user),
      at,
    );
    return {
      open: open.map((row) => withWhys(actor, row, subjectOf(row.user), at)),
      decided: rows.filter(({ status }) => status !== "open").map((row) => viewRequest(row, access, at)),
      active: await activeAccess(reader, actor, at),
    };
  },
});

/** How many requests of others wait. */
export const countRequests = defineQuery({
  name: "count access requests",
  needs: "manageUsers",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<number> {
    const others = actor.kind === "user" ? { userId: { not: actor.id } } : {};
    return reader.accessRequest.count({ where: { status: "open", endsAt: { gt: new Date(at) }, ...others } });
  },
});

type Row = Parameters<typeof viewRequest>[0];

/** The oldest open ones, then the latest that were decided: read together, with whom and what they are about. */
async function shownRequests(reader: Reader): Promise<Row[]> {
  const shown = await reader.$queryRaw<{ id: string }[]>`
    (SELECT id FROM access_requests WHERE status = 'open' ORDER BY created_at, id LIMIT ${mostOpen})
    UNION ALL
    (SELECT id FROM access_requests WHERE status <> 'open' ORDER BY decided_at DESC, id DESC LIMIT ${mostDecided})`;
  const ids = shown.map(({ id }) => id);
  const rows = await reader.accessRequest.findMany({ where: { id: { in: ids } }, select: requestSelect });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function withWhys(actor: Actor, row: Row, subject: Subject, at: number): OpenRequest {
  const { access } = requireUser(actor);
  const request = viewRequest(row, access, at);
  const own = syncedRefusal(actor) ?? decisionRefusal(actor, { userId: row.user.id });
  const rank = userRankRefusal(actor, { name: row.user.username, subject }, at);
  const { organizationId, teamId } = row;
  const assignment = {
    end: row.endsAt.getTime(),
    organization: organizationId ?? undefined,
    team: teamId ?? undefined,
  };
  const grant: Refusal | undefined =
    own ?? inactiveRefusal(row.user) ?? rank ?? givingRefusal(actor, row.role, at, { subject, assignment });
  const late = request.lapsed ? "The time that was asked for has passed." : undefined;
  const danger = dangerWords(access, row.role.key);
  return { ...request, danger, grantWhy: late ?? grant?.message, refuseWhy: own?.message };
}
