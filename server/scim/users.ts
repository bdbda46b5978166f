import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
  deprovisionUser,
  listProvisionedUsers,
  provisionUser,
  updateProvisionedUser,
  viewProvisionedUser,
} from "#lib/scim/index.ts";
import type { Answer } from "./answer.ts";
import { type Asked, changeIn, created, listAnswer, listInput, refuseMethod, shown } from "./request.ts";

export async function answerUsers(asked: Asked): Promise<Answer> {
  const { call, method, id, query, body } = asked;
  if (id === undefined) {
    if (method === "GET")
      return listAnswer(await runQuery(listProvisionedUsers, call, listInput(query)), query);
    if (method === "POST") return created(await runCommand(provisionUser, call, { resource: await body() }));
    return refuseMethod("GET", "POST");
  }
  switch (method) {
    case "GET":
      return shown(await runQuery(viewProvisionedUser, call, { id }), query);
    case "PUT":
    case "PATCH": {
      const change = await changeIn(asked);
      return shown(await runCommand(updateProvisionedUser, call, { id, change }), query);
    }
    case "DELETE":
      await runCommand(deprovisionUser, call, { id });
      return { status: 204 };
    default:
      return refuseMethod("GET", "PUT", "PATCH", "DELETE");
  }
}
