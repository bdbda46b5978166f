import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { conditionsOf } from "./list-page.ts";
import { managedAttribute } from "./managed-attribute.ts";
import { entrySchema, findValuesSchema } from "./schema.ts";

const shownAtOnce = 20;

export interface FoundValue {
  key: string;
  label: string;
}

/** Values that match, the first few by key: what one might put into a group. */
export const findValues = defineQuery({
  name: "find managed values",
  needs: "manageOrganizations",
  input: findValuesSchema,
  async run({ reader }, input): Promise<{ values: FoundValue[]; more: boolean }> {
    await managedAttribute(reader, input.attribute);
    const values = await reader.$queryRaw<FoundValue[]>`
      SELECT v.key, v.label FROM managed_values v WHERE ${conditionsOf(input)}
      ORDER BY v.key LIMIT ${shownAtOnce + 1}`;
    return { values: values.slice(0, shownAtOnce), more: values.length > shownAtOnce };
  },
});

/** One value, as its form shows it. */
export const viewValue = defineQuery({
  name: "view managed value",
  needs: "manageOrganizations",
  input: entrySchema,
  async run({ reader }, { attribute, key }) {
    const where = { attribute_key: { attribute, key } };
    const value = await reader.managedValue.findUnique({
      where,
      select: { key: true, label: true, description: true },
    });
    if (value) return value;
    throw new AppError("not_found", "value_not_found", `There is no ${key}: it may have been deleted.`);
  },
});

/** One group with all its members, as its form shows it. */
export const viewGroup = defineQuery({
  name: "view value group",
  needs: "manageOrganizations",
  input: entrySchema,
  async run({ reader }, { attribute, key }) {
    const group = await reader.valueGroup.findUnique({
      where: { attribute_key: { attribute, key } },
      select: {
        key: true,
        label: true,
        description: true,
        version: true,
        members: {
          select: { value: { select: { key: true, label: true } } },
          orderBy: { valueKey: "asc" },
        },
      },
    });
    if (!group)
      throw new AppError(
        "not_found",
        "group_not_found",
        `There is no group ${key}: it may have been deleted.`,
      );
    return { ...group, members: group.members.map(({ value }): FoundValue => value) };
  },
});
