import type { Call } from "#lib/kernel/call.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
  finishSync,
  listProvisionedGroups,
  provisionGroup,
  removeProvisionedGroup,
  updateProvisionedGroup,
  viewProvisionedGroup,
} from "#lib/scim/index.ts";
import type { Answer } from "./answer.ts";
import {
  type Asked,
  asksFor,
  changeIn,
  created,
  listAnswer,
  listInput,
  refuseMethod,
  shown,
} from "./request.ts";

export async function answerGroups(asked: Asked): Promise<Answer> {
  const { call, method, id, query, body } = asked;
  const withMembers = asksFor(query, "members");
  if (id === undefined) {
    if (method === "GET") {
      const input = { ...listInput(query), withMembers };
      return listAnswer(await runQuery(listProvisionedGroups, call, input), query);
    }
    if (method !== "POST") return refuseMethod("GET", "POST");
    const { resource } = await settled(
      call,
      await runCommand(provisionGroup, call, { resource: await body() }),
    );
    return created(resource);
  }
  switch (method) {
    case "GET":
      return shown(await runQuery(viewProvisionedGroup, call, { id, withMembers }), query);
    case "PUT":
    case "PATCH": {
      const input = { id, change: await changeIn(asked) };
      const { resource } = await settled(call, await runCommand(updateProvisionedGroup, call, input));
      // Entra asks for no content after a PATCH: a group may have many members.
      return method === "PUT" ? shown(resource, query) : { status: 204 };
    }
    case "DELETE":
      await settled(call, await runCommand(removeProvisionedGroup, call, { id }));
      return { status: 204 };
    default:
      return refuseMethod("GET", "PUT", "PATCH", "DELETE");
  }
}

/** Once the answer is sent, whoever lost a group has lost its roles; of many, those who only gain get theirs soon after. */
async function settled<T extends { left: string[] }>(call: Call, written: T): Promise<T> {
  await finishSync(call, written.left);
  return written;
}
