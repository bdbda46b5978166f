import { throwIf } from "#lib/assignments/index.ts";
import { needAccess, type Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { keyTaken } from "./key-taken.ts";
import { managedAttribute } from "./managed-attribute.ts";
import { type Named, namingGroup, storedLimits } from "./naming-limits.ts";
import { deletionRefusal, wideningRefusal } from "./rules.ts";
import { addGroupSchema, editGroupSchema, entrySchema } from "./schema.ts";

const about = ({ attribute, key }: Named) =>
  ({ kind: "value group", id: `${attribute}/${key}`, name: key }) as const;

export const addGroup = defineCommand({
  name: "add value group",
  needs: "manageOrganizations",
  changesAccess: true,
  input: addGroupSchema,
  about,
  async run(context, { attribute, key, label, description, members }) {
    const { tx, call } = context;
    const { label: list } = await managedAttribute(tx, attribute);
    const joining = await knownValues(tx, attribute, members);
    // A catalogue's limit may have named the group before there was one.
    await refuseWidening(context, { attribute, key, label }, joining);
    const data = { attribute, key, label, description, createdAt: call.at, updatedAt: call.at };
    await tx.valueGroup.create({ data, select: { key: true } }).catch(keyTaken(key));
    await insertMembers(tx, { attribute, key }, joining);
    const after = { list, key, label, description, members: joining };
    return { target: about({ attribute, key }), after, result: { label } };
  },
});

/** Name, description and members. Limits that name the group follow it from the next request on; sessions stay. */
export const editGroup = defineCommand({
  name: "edit value group",
  needs: "manageOrganizations",
  changesAccess: "sometimes",
  input: editGroupSchema,
  about,
  async run(context, { attribute, key, version, label, description, members }) {
    const { tx, call } = context;
    const before = await findGroup(tx, { attribute, key });
    if (before.version !== version) throw editConflict(before);
    const after = await knownValues(tx, attribute, members);
    const added = after.filter((one) => !before.members.includes(one));
    const removed = before.members.filter((one) => !after.includes(one));
    if (added.length + removed.length > 0) needAccess(tx);
    await refuseWidening(context, { attribute, key, label: before.label }, added);
    const { count } = await tx.valueGroup.updateMany({
      where: { attribute, key, version },
      data: { label, description, version: { increment: 1 }, updatedAt: call.at },
    });
    if (count === 0) throw editConflict(await findGroup(tx, { attribute, key }));
    await tx.valueGroupMember.deleteMany({ where: { attribute, groupKey: key, valueKey: { in: removed } } });
    await insertMembers(tx, { attribute, key }, added);
    const { version: _, ...was } = before;
    return {
      target: about({ attribute, key }),
      before: was,
      after: { label, description, members: after, added, removed },
      result: { label, added: added.length, removed: removed.length },
    };
  },
});

export const deleteGroup = defineCommand({
  name: "delete value group",
  needs: "manageOrganizations",
  changesAccess: true,
  input: entrySchema,
  about,
  async run({ tx }, { attribute, key }) {
    const { version: _, ...before } = await findGroup(tx, { attribute, key });
    throwIf(deletionRefusal(before.label, namingGroup(await storedLimits(tx), { attribute, key }), []));
    await tx.valueGroup.delete({ where: { attribute_key: { attribute, key } }, select: { key: true } });
    return {
      target: about({ attribute, key }),
      before: { key, ...before },
      result: { label: before.label },
    };
  },
});

async function refuseWidening(
  { tx, actor, at }: Context & { tx: Tx },
  group: Named & { label: string },
  added: readonly string[],
): Promise<void> {
  const limits = namingGroup(await storedLimits(tx), group);
  throwIf(wideningRefusal(actor, group, limits, added, at), "members");
}

async function knownValues(tx: Tx, attribute: string, keys: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(keys)].sort();
  const where = { attribute, key: { in: wanted } };
  const known = (await tx.managedValue.findMany({ where, select: { key: true } })).map(({ key }) => key);
  const missing = wanted.filter((key) => !known.includes(key));
  if (missing.length === 0) return wanted;
  const message = `There is no ${missing.join(", ")} any more: it may have been deleted.`;
  throw new AppError("invalid", "value_not_found", message, { fields: { members: [message] } });
}

async function insertMembers(tx: Tx, { attribute, key }: Named, values: readonly string[]): Promise<void> {
  const data = values.map((valueKey) => ({ attribute, groupKey: key, valueKey }));
  await tx.valueGroupMember.createMany({ data });
}

async function findGroup(tx: Tx, { attribute, key }: Named) {
  const group = await tx.valueGroup.findUnique({
    where: { attribute_key: { attribute, key } },
    select: { label: true, description: true, version: true, members: { select: { valueKey: true } } },
  });
  if (!group)
    throw new AppError("not_found", "group_not_found", `There is no group ${key}: it may have been deleted.`);
  return { ...group, members: group.members.map(({ valueKey }) => valueKey).sort() };
}

function editConflict({ label, version }: { label: string; version: number }): AppError {
  const message = `Somebody else changed ${label} since you opened this form. Your entries are kept: compare and save again.`;
  return new AppError("conflict", "edit_conflict", message, { details: { version } });
}
