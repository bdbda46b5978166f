import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
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
    if (method === "POST") return created(await runCommand(provisionGroup, call, { resource: await body() }));
    return refuseMethod("GET", "POST");
  }
  switch (method) {
    case "GET":
      return shown(await runQuery(viewProvisionedGroup, call, { id, withMembers }), query);
    case "PUT":
      return shown(
        await runCommand(updateProvisionedGroup, call, { id, change: await changeIn(asked) }),
        query,
      );
    case "PATCH":
      // Entra asks for no content: a group may have many members.
      await runCommand(updateProvisionedGroup, call, { id, change: await changeIn(asked) });
      return { status: 204 };
    case "DELETE":
      await runCommand(removeProvisionedGroup, call, { id });
      return { status: 204 };
    default:
      return refuseMethod("GET", "PUT", "PATCH", "DELETE");
  }
}
