import { throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { keyTaken } from "./key-taken.ts";
import { managedAttribute } from "./managed-attribute.ts";
import { type Named, namingValue, storedLimits } from "./naming-limits.ts";
import { deletionRefusal } from "./rules.ts";
import { describedEntrySchema, entrySchema } from "./schema.ts";

const about = ({ attribute, key }: Named) =>
  ({ kind: "managed value", id: `${attribute}/${key}`, name: key }) as const;

export const addValue = defineCommand({
  name: "add managed value",
  needs: "manageOrganizations",
  input: describedEntrySchema,
  about,
  async run({ tx, call }, { attribute, key, label, description }) {
    const { label: list } = await managedAttribute(tx, attribute);
    const data = { attribute, key, label, description, createdAt: call.at };
    await tx.managedValue.create({ data, select: { key: true } }).catch(keyTaken(key));
    return { target: about({ attribute, key }), after: { list, key, label, description }, result: { label } };
  },
});

/** Its key stays: limits and groups name it, and so does the application that asks. */
export const editValue = defineCommand({
  name: "edit managed value",
  needs: "manageOrganizations",
  input: describedEntrySchema,
  about,
  async run({ tx }, { attribute, key, label, description }) {
    const before = await findValue(tx, { attribute, key });
    const data = { label, description };
    const { count } = await tx.managedValue.updateMany({ where: { attribute, key }, data });
    if (count === 0) throw valueGone(key);
    return { target: about({ attribute, key }), before, after: data, result: { label } };
  },
});

export const deleteValue = defineCommand({
  name: "delete managed value",
  needs: "manageOrganizations",
  changesAccess: true,
  input: entrySchema,
  about,
  async run({ tx }, { attribute, key }) {
    const before = await findValue(tx, { attribute, key });
    const limits = namingValue(await storedLimits(tx), { attribute, key });
    const groups = await tx.valueGroup.findMany({
      where: { attribute, members: { some: { valueKey: key } } },
      select: { label: true },
    });
    throwIf(
      deletionRefusal(
        before.label,
        limits,
        groups.map((group) => group.label),
      ),
    );
    await tx.managedValue.delete({ where: { attribute_key: { attribute, key } }, select: { key: true } });
    return {
      target: about({ attribute, key }),
      before: { key, ...before },
      result: { label: before.label },
    };
  },
});

async function findValue(tx: Tx, { attribute, key }: Named) {
  const where = { attribute_key: { attribute, key } };
  const value = await tx.managedValue.findUnique({ where, select: { label: true, description: true } });
  if (value) return value;
  throw valueGone(key);
}

const valueGone = (key: string) =>
  new AppError("not_found", "value_not_found", `There is no ${key} any more: it may have been deleted.`);
