import { z } from "zod";
import { dangerOf } from "#lib/access/index.ts";
import { type AssignmentView, heldInFull, type Places, placesOf, viewHeld } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { type RequestRow, requestSelect, viewRequest } from "./request-rows.ts";

const most = 20;

export interface OwnAccess {
  held: AssignmentView[];
  requests: RequestRow[];
  /** Why nothing can be asked for. */
  askWhy: string | undefined;
  /** What can be asked for. */
  roles: { key: string; label: string; description: string; dangerous: boolean }[];
  /** What it can be narrowed to: where they belong. */
  places: Places;
}

/** What whoever looks holds, what they asked for, and what they could ask for. */
export const viewOwnRequests = defineQuery({
  name: "view own access requests",
  needs: "signedIn",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<OwnAccess> {
    const { id, access } = requireUser(actor);
    const held = await viewHeld(reader, access, id, at);
    const requests = await reader.accessRequest.findMany({
      where: { userId: id },
      select: requestSelect,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: most,
    });
    return {
      held,
      requests: requests.map((row) => viewRequest(row, access, at)),
      askWhy: syncedRefusal(actor)?.message,
      roles: await askable(reader, access, held),
      places: await placesOf(reader, id),
    };
  },
});

/** What is held for good, at every hour and everywhere, there is no need to ask for. */
async function askable(
  reader: Reader,
  { policy, catalogue }: ActivePolicy,
  held: readonly AssignmentView[],
): Promise<OwnAccess["roles"]> {
  const roles = await reader.role.findMany({
    where: { key: { notIn: heldInFull(held) }, blocking: false },
    select: { key: true, label: true, description: true },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
  });
  return roles.map((role) => ({ ...role, dangerous: dangerOf(policy, catalogue, role.key) !== undefined }));
}
