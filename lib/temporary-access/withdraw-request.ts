import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { closeRequest, findRequest } from "./open-request.ts";
import { requestIdSchema } from "./schema.ts";

/** Whoever asked takes it back, while nobody has decided. */
export const withdrawRequest = defineCommand({
  name: "withdraw access request",
  needs: "signedIn",
  input: requestIdSchema,
  async run({ tx, call, actor }, { request: id }) {
    const { id: userId, username } = requireUser(actor);
    const request = await findRequest(tx, id, userId);
    await closeRequest(tx, request, { status: "withdrawn", decidedAt: call.at, decidedBy: username });
    return {
      target: { kind: "user", id: userId, name: username },
      after: { request: id, role: request.role.key },
      result: { role: request.role.label },
    };
  },
});
