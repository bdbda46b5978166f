import { giveTemporarily, throwIf } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { changeAccess, findTarget } from "#lib/users/index.ts";
import { closeRequest, findRequest } from "./open-request.ts";
import { decisionRefusal, inactiveRefusal } from "./rules.ts";
import { grantAccessSchema } from "./schema.ts";

/** An approver, who is not the requester, gives what was asked for, or less of it. */
export const grantRequest = defineCommand({
  name: "grant access request",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: grantAccessSchema,
  async prepare({ reader, concerns }, { request }) {
    concerns(await requesterOf(reader, request));
  },
  async run(context, { request: id, endsAt, note, confirmed }) {
    const { tx, actor, call } = context;
    const request = await findRequest(tx, id);
    throwIf(decisionRefusal(actor, request));
    const decided = { decidedAt: call.at, decidedBy: requireUser(actor).username, note: note || null };
    // First of all: whoever comes second is told so, and not that the requester holds the role already.
    await closeRequest(tx, request, { status: "granted", ...decided });
    if (endsAt && endsAt > request.endsAt) refuseLonger();
    const user = await findTarget(tx, request.userId, context.at);
    throwIf(inactiveRefusal(user));
    const { reason, organizationId, teamId } = request;
    const access = {
      role: request.role.key,
      reason,
      endsAt: endsAt ?? request.endsAt,
      organizationId: organizationId ?? undefined,
      teamId: teamId ?? undefined,
    };
    const move = async () => {
      const assignmentId = await giveTemporarily(tx, {
        actor,
        at: call.at,
        userId: user.id,
        access,
        source: "request",
        confirmed,
      });
      await tx.accessRequest.update({ where: { id }, data: { assignmentId }, select: { id: true } });
      return 1;
    };
    const { sessionsEnded } = await changeAccess(context, user, { move, temporary: true });
    return {
      target: { kind: "user", id: user.id, name: user.username },
      after: { request: id, ...access, ...(note && { note }), sessionsEnded },
      result: {
        username: user.username,
        email: user.email,
        role: request.role.label,
        endsAt: access.endsAt,
        note,
        decidedBy: decided.decidedBy,
      },
    };
  },
});

/** For the trail: whom a refusal was about. */
export async function requesterOf(reader: Reader, id: string) {
  const request = await reader.accessRequest.findUnique({
    where: { id },
    select: { user: { select: { id: true, username: true } } },
  });
  return {
    kind: "user" as const,
    name: request?.user.username ?? id,
    ...(request && { id: request.user.id }),
  };
}

function refuseLonger(): never {
  const message = "This is longer than was asked for: grant it until then at the most.";
  throw new AppError("invalid", "longer_than_asked", message, { fields: { endsAt: [message] } });
}
