import type { Call } from "#lib/kernel/call.ts";
import { requireAdmission } from "#lib/kernel/operation.ts";
import { takeTurn, takeTurnOf } from "#lib/kernel/rate-limit.ts";
import { loadClient, provisionUser } from "#lib/scim/index.ts";
import { bearerToken } from "#server/bearer-token.ts";
import type { DoorRequest } from "#server/doors.ts";

/** The request of whoever holds the token that came with it. Without a good one it ends here, with a row in the trail. */
export async function clientCall({ request, address, requestId, origin }: DoorRequest): Promise<Call> {
  const at = new Date();
  const agent = request.headers["user-agent"];
  const seen = { door: "api" as const, at, address, agent, requestId, origin };
  const token = bearerToken(request);
  const actor = token === undefined ? ({ kind: "anonymous" } as const) : await loadClient(token, at);
  if (actor.kind === "client") {
    await takeTurnOf("scimRequest", actor.id, "requests");
    return { ...seen, actor };
  }
  await takeTurn("scimStranger", { address }, "requests with a token that is not valid");
  await requireAdmission(provisionUser, { ...seen, actor });
  throw new Error("somebody without a token was admitted");
}
