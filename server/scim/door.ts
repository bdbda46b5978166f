import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { readRequest } from "#lib/scim/index.ts";
import { RequestAborted } from "#server/arriving-body.ts";
import { BodyTooLarge, bodyLimits, bodyParsed, readBody } from "#server/body-limit.ts";
import type { Door, DoorRequest } from "#server/doors.ts";
import { type Answer, errorAnswer, refusalAnswer, send } from "./answer.ts";
import { clientCall } from "./client.ts";
import { discovered } from "./discovery.ts";
import { answerGroups } from "./groups.ts";
import type { Asked } from "./request.ts";
import { answerUsers } from "./users.ts";

/** SCIM 2.0 under /scim/v2, for the provisioning clients of identity providers. */
export const scimDoor: Door = async (call) => {
  if (!/^\/scim(?:\/|$)/i.test(call.url.pathname)) return false;
  send(call.response, await answerOf(call));
  return true;
};

async function answerOf(call: DoorRequest): Promise<Answer> {
  try {
    return await answered(call);
  } catch (error) {
    if (error instanceof RequestAborted) throw error;
    if (error instanceof BodyTooLarge) return errorAnswer(413, error.most);
    if (!(error instanceof AppError))
      return errorAnswer(500, `Something went wrong here. Reference ${logBug(error, "scim")}.`);
    if (error.code !== "unauthenticated") return refusalAnswer(error);
    const headers = { "www-authenticate": 'Bearer realm="SCIM", error="invalid_token"' };
    const detail = "This needs a provisioning token that is valid: Authorization: Bearer and the token.";
    return { ...errorAnswer(401, detail), headers };
  }
}

async function answered(door: DoorRequest): Promise<Answer> {
  // Whoever is not known learns nothing, not even what there is.
  const call = await clientCall(door);
  const [root, version, resource, id, ...more] = door.url.pathname.split("/").slice(1);
  if (root !== "scim" || version !== "v2" || !resource || more.length > 0)
    return errorAnswer(404, "Not found: SCIM is served under /scim/v2.");
  const method = door.request.method ?? "";
  const base = `${door.origin}/scim/v2`;
  const asked: Asked = {
    call,
    method,
    // An address may end with a slash.
    id: id ? decodeURIComponent(id) : undefined,
    query: door.url.searchParams,
    body: () => readJson(door.request),
  };
  if (resource === "Users") return answerUsers(asked);
  if (resource === "Groups") return answerGroups(asked);
  return discovered(asked, resource, base);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== "application/scim+json" && type !== "application/json")
    throw new AppError("invalid", "invalidSyntax", "Send application/scim+json.");
  const body = await readBody(request, bodyLimits.provisioning.bytes);
  const sent = readRequest(body);
  bodyParsed(request);
  return sent;
}
