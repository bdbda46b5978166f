import type { Call } from "#lib/kernel/call.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
  listProvisionedGroups,
  provisionGroup,
  removeProvisionedGroup,
  syncDuePeople,
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

/** Once the answer is sent, everybody has the roles that their groups make: of a large group a few people at a time. */
async function settled<T extends { rolesLeft: boolean }>(call: Call, written: T): Promise<T> {
  const { actor } = call;
  if (!written.rolesLeft || actor.kind !== "client") return written;
  const { name, provider, scopes } = actor;
  const input = { provider, administrators: scopes.includes("administrators") };
  for (;;) {
    const next: Call = { ...call, actor: { kind: "system", name }, at: new Date() };
    if (!(await runCommand(syncDuePeople, next, input)).left) return written;
  }
}
