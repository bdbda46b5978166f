import { proveGivable } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { approvers } from "./approvers.ts";
import { endOf } from "./end-of.ts";
import { requestAccessSchema } from "./schema.ts";

/** So many at a time, and so many a day: each tells every approver. */
const mostOpen = 5;
const mostADay = 20;

/** Somebody asks for a role for a time. Nothing is given by it: an approver decides. */
export const requestAccess = defineCommand({
  name: "request access",
  needs: "signedIn",
  refusedUnderSync: true,
  input: requestAccessSchema,
  about: ({ role }) => ({ kind: "role", name: role }),
  async run({ tx, call, actor }, { lasts, ...said }) {
    const { id: userId, username } = requireUser(actor);
    // One after the other for each person, so that two at once do not both find the place free.
    await tx.$queryRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    await forgetLapsed(tx, userId, call.at);
    const access = { ...said, endsAt: endOf({ lasts, ...said }, call.at) };
    const role = await proveGivable(tx, { at: call.at, userId, access });
    await refuseTooMany(tx, userId, role, call.at);
    const { reason, endsAt, organizationId = null, teamId = null } = access;
    const id = newId(call.at.getTime());
    const { organization, team } = await tx.accessRequest.create({
      data: { id, userId, roleId: role.id, reason, endsAt, organizationId, teamId, createdAt: call.at },
      select: { organization: { select: { name: true } }, team: { select: { name: true } } },
    });
    const place = team?.name ?? organization?.name;
    return {
      target: { kind: "user", id: userId, name: username },
      after: { request: id, ...access },
      result: {
        id,
        username,
        role: role.label,
        place,
        reason,
        endsAt,
        tell: await approvers(tx, call.at, userId),
      },
    };
  },
});

/** What nobody decided in time is over, so that the same can be asked again. */
async function forgetLapsed(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.accessRequest.updateMany({
    where: { userId, status: "open", endsAt: { lte: at } },
    data: { status: "withdrawn", decidedAt: at },
  });
}

async function refuseTooMany(tx: Tx, userId: string, role: { id: string; label: string }, at: Date) {
  const open = await tx.accessRequest.findMany({
    where: { userId, status: "open", endsAt: { gt: at } },
    select: { roleId: true },
  });
  if (open.some(({ roleId }) => roleId === role.id)) {
    const message = `Your request for ${role.label} is open already: withdraw it to ask differently.`;
    throw new AppError("conflict", "request_open", message, { fields: { role: [message] } });
  }
  const since = new Date(at.getTime() - 86_400_000);
  const today = await tx.accessRequest.count({ where: { userId, createdAt: { gt: since } } });
  if (open.length < mostOpen && today < mostADay) return;
  const message = `You have asked for as much as can be asked: ${mostOpen} requests at a time, ${mostADay} a day.`;
  throw new AppError("rate_limited", "too_many_requests", message);
}
