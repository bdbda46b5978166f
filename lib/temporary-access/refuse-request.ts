import { throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { findTarget } from "#lib/users/index.ts";
import { requesterOf } from "./grant-request.ts";
import { closeRequest, findRequest } from "./open-request.ts";
import { decisionRefusal } from "./rules.ts";
import { refuseAccessSchema } from "./schema.ts";

/** An approver says no, with a word why if they like. */
export const refuseRequest = defineCommand({
  name: "refuse access request",
  needs: "manageUsers",
  refusedUnderSync: true,
  input: refuseAccessSchema,
  async prepare({ reader, concerns }, { request }) {
    concerns(await requesterOf(reader, request));
  },
  async run({ tx, actor, call, at }, { request: id, note }) {
    const request = await findRequest(tx, id);
    throwIf(decisionRefusal(actor, request));
    const decidedBy = requireUser(actor).username;
    await closeRequest(tx, request, { status: "refused", decidedAt: call.at, decidedBy, note: note || null });
    const { username, email } = await findTarget(tx, request.userId, at);
    return {
      target: { kind: "user", id: request.userId, name: username },
      after: { request: id, role: request.role.key, ...(note && { note }) },
      result: { username, email, role: request.role.label, note, decidedBy },
    };
  },
});
