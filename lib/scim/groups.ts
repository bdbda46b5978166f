import { z } from "zod";
import type { Target } from "#lib/kernel/audit.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import { readGroup } from "./group-document.ts";
import { groupChangeSchema, idSchema, provePatched, resourceSchema } from "./input.ts";
import { patched } from "./patch.ts";
import { syncPeople } from "./sync-people.ts";
import { groupNow, provisionedGroup, writeGroup } from "./write-group.ts";

const target = (id: string | undefined, name: string): Target => ({
  kind: "provisioned group",
  ...(id !== undefined && { id }),
  name,
});
const nameIn = ({ displayName }: Attributes): string =>
  typeof displayName === "string" ? displayName : "unnamed";

/** A provider brings a group, with people whom it has brought. */
export const provisionGroup = defineCommand({
  name: "provision group",
  needs: "scim:groups",
  changesAccess: true,
  input: z.object({ resource: resourceSchema }),
  about: ({ resource }) => target(undefined, nameIn(resource)),
  async run(context, { resource }) {
    const id = newId(context.call.at.getTime());
    const group = readGroup(resource);
    const { added, left } = await writeGroup(context, id, group);
    return {
      target: target(id, group.name),
      after: { name: group.name, externalId: group.externalId, members: group.members.length, added },
      result: { resource: await groupNow(context, id), left },
    };
  },
});

/** A provider says who is in a group, or what it is called: as a whole (PUT) or as changes (PATCH). */
export const updateProvisionedGroup = defineCommand({
  name: "update provisioned group",
  needs: "scim:groups",
  changesAccess: "sometimes",
  input: z.object({ id: idSchema, change: groupChangeSchema }),
  about: ({ id }) => target(id, id ?? "unknown"),
  async run(context, { id, change }) {
    const before = await provisionedGroup(context.tx, clientOf(context.actor).provider, id);
    const { name, externalId } = before;
    const members = before.members.map((value) => ({ value }));
    const present = { displayName: name, externalId, members };
    const group = readGroup(
      change.kind === "put"
        ? change.resource
        : provePatched(resourceSchema, patched(present, change.operations)),
    );
    const { added, removed, left } = await writeGroup(context, before.id, group, before);
    return {
      target: target(before.id, group.name),
      before: { name, externalId, members: members.length },
      after: {
        name: group.name,
        externalId: group.externalId,
        members: group.members.length,
        added,
        removed,
      },
      result: { resource: await groupNow(context, before.id), left },
    };
  },
});

/** A provider takes a group away. The people stay, without what the group gave them. */
export const removeProvisionedGroup = defineCommand({
  name: "remove provisioned group",
  needs: "scim:groups",
  changesAccess: true,
  input: z.object({ id: idSchema }),
  about: ({ id }) => target(id, id ?? "unknown"),
  async run({ tx, call, actor }, input) {
    const client = clientOf(actor);
    const { id, name, externalId, members } = await provisionedGroup(tx, client.provider, input.id);
    await tx.scimGroup.delete({ where: { id }, select: { id: true } });
    const left = await syncPeople(tx, call, client, members);
    return {
      target: target(id, name),
      before: { name, externalId, members: members.length },
      result: { left },
    };
  },
});
