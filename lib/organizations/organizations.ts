import { heldAt, throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { nameTaken, refuseConflict } from "./edited.ts";
import { nameOrganization } from "./find-place.ts";
import { membersOfOrganization } from "./load-people.ts";
import { deletionRefusal, membershipRefusal } from "./rules.ts";
import { addOrganizationSchema, editOrganizationSchema, organizationIdSchema } from "./schema.ts";
import { organizationGone } from "./view-organization.ts";

const taken = (name: string) => nameTaken("an organization", name);

export const addOrganization = defineCommand({
  name: "add organization",
  needs: "manageOrganizations",
  input: addOrganizationSchema,
  about: ({ name }) => ({ kind: "organization", name }),
  async run({ tx, call, at }, { name, description }) {
    const id = newId(at);
    const times = { createdAt: call.at, updatedAt: call.at };
    await tx.organization
      .create({
        data: { id, name, nameKey: normaliseKey(name), description, ...times },
        select: { id: true },
      })
      .catch(taken(name));
    return { target: { kind: "organization", id, name }, after: { name, description }, result: { id, name } };
  },
});

export const editOrganization = defineCommand({
  name: "edit organization",
  needs: "manageOrganizations",
  input: editOrganizationSchema,
  about: ({ id, name }) => ({ kind: "organization", id, name }),
  async run({ tx, call }, { id, version, name, description }) {
    const before = await findOrganization(tx, id, call.at);
    refuseConflict(before, version);
    const data = {
      name,
      nameKey: normaliseKey(name),
      description,
      version: { increment: 1 },
      updatedAt: call.at,
    };
    const { count } = await tx.organization.updateMany({ where: { id, version }, data }).catch(taken(name));
    if (count === 0) refuseConflict(await findOrganization(tx, id, call.at), version);
    return {
      target: { kind: "organization", id, name: before.name },
      before: { name: before.name, description: before.description },
      after: { name, description },
      result: { id, name },
    };
  },
});

/** Deletes an organization without teams that no assignment is narrowed to. Everybody leaves it, so the rules of leaving hold. */
export const deleteOrganization = defineCommand({
  name: "delete organization",
  needs: "manageOrganizations",
  changesAccess: true,
  dangerous: true,
  input: organizationIdSchema,
  about: ({ id }) => ({ kind: "organization", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameOrganization(reader, id));
  },
  async run({ tx, call, actor, at }, { id }) {
    // Teams are added without the access lock: whoever adds one waits for this, or this sees it.
    await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
    const { name, description, _count: count } = await findOrganization(tx, id, call.at);
    throwIf(deletionRefusal(name, { teams: count.teams, narrowed: count.assignments }));
    const members = await membersOfOrganization(tx, id, at);
    for (const member of members) throwIf(membershipRefusal(actor, member, at));
    await tx.assignment.deleteMany({ where: { organizationId: id, endsAt: { lte: call.at } } });
    await tx.organization.delete({ where: { id }, select: { id: true } });
    return {
      target: { kind: "organization", id, name },
      before: { name, description, members: members.map((member) => member.name) },
      result: { name },
    };
  },
});

async function findOrganization(tx: Tx, id: string, at: Date) {
  const counts = { select: { teams: true, assignments: { where: heldAt(at) } } };
  const select = { name: true, description: true, version: true, _count: counts } as const;
  const organization = await tx.organization.findUnique({ where: { id }, select });
  if (!organization) throw organizationGone();
  return organization;
}
