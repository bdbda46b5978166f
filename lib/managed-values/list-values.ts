import { defineQuery } from "#lib/kernel/operation.ts";
import { inOrder, type KeyPage, pageOfKeys } from "./list-page.ts";
import { managedAttribute } from "./managed-attribute.ts";
import { namingValue, rolesOf, storedLimits } from "./naming-limits.ts";
import { deletionRefusal } from "./rules.ts";
import { listEntriesSchema } from "./schema.ts";

export interface ValueRow {
  key: string;
  label: string;
  description: string;
  createdAt: Date;
  /** Labels of the groups that it is in. */
  groups: string[];
  /** Roles whose limits name it. */
  roles: string[];
  /** Why it cannot be deleted now; absent when it can. */
  deleteWhy: string | undefined;
}

export interface ValuePage extends Omit<KeyPage, "keys"> {
  rows: ValueRow[];
  list: { key: string; label: string; description: string };
}

/** One page of the values that an attribute may have, by key. */
export const listValues = defineQuery({
  name: "list managed values",
  needs: "manageOrganizations",
  input: listEntriesSchema,
  async run({ reader }, input): Promise<ValuePage> {
    const { key, label, description } = await managedAttribute(reader, input.attribute);
    const { keys, ...page } = await pageOfKeys(reader, "managed_values", input);
    const found = await reader.managedValue.findMany({
      where: { attribute: input.attribute, key: { in: keys } },
      select: {
        key: true,
        label: true,
        description: true,
        createdAt: true,
        groups: { select: { group: { select: { label: true } } } },
      },
    });
    const limits = await storedLimits(reader);
    const rows = found.map(({ groups, ...row }): ValueRow => {
      const labels = groups.map(({ group }) => group.label).sort();
      const naming = namingValue(limits, { attribute: input.attribute, key: row.key });
      const deleteWhy = deletionRefusal(row.label, naming, labels)?.message;
      return { ...row, groups: labels, roles: rolesOf(naming), deleteWhy };
    });
    return { ...page, rows: inOrder(keys, rows), list: { key, label, description } };
  },
});
