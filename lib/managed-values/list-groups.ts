import { defineQuery } from "#lib/kernel/operation.ts";
import { inOrder, type KeyPage, pageOfKeys } from "./list-page.ts";
import { managedAttribute } from "./managed-attribute.ts";
import { namingGroup, rolesOf, storedLimits } from "./naming-limits.ts";
import { deletionRefusal } from "./rules.ts";
import { listEntriesSchema } from "./schema.ts";

export interface GroupRow {
  key: string;
  label: string;
  description: string;
  version: number;
  /** The first few labels of its members. */
  members: string[];
  memberCount: number;
  /** Roles whose limits name it. */
  roles: string[];
  /** Why it cannot be deleted now; absent when it can. */
  deleteWhy: string | undefined;
}

export interface GroupPage extends Omit<KeyPage, "keys"> {
  rows: GroupRow[];
  list: { key: string; label: string; description: string };
}

const membersShown = 3;

/** One page of the groups of an attribute's values, by key. */
export const listGroups = defineQuery({
  name: "list value groups",
  needs: "manageOrganizations",
  input: listEntriesSchema,
  async run({ reader }, input): Promise<GroupPage> {
    const { key, label, description } = await managedAttribute(reader, input.attribute);
    const { keys, ...page } = await pageOfKeys(reader, "value_groups", input);
    const found = await reader.valueGroup.findMany({
      where: { attribute: input.attribute, key: { in: keys } },
      select: {
        key: true,
        label: true,
        description: true,
        version: true,
        _count: { select: { members: true } },
        members: {
          select: { value: { select: { label: true } } },
          orderBy: { valueKey: "asc" },
          take: membersShown,
        },
      },
    });
    const limits = await storedLimits(reader);
    const rows = found.map(({ members, _count: count, ...row }): GroupRow => {
      const naming = namingGroup(limits, { attribute: input.attribute, key: row.key });
      return {
        ...row,
        members: members.map(({ value }) => value.label),
        memberCount: count.members,
        roles: rolesOf(naming),
        deleteWhy: deletionRefusal(row.label, naming, [])?.message,
      };
    });
    return { ...page, rows: inOrder(keys, rows), list: { key, label, description } };
  },
});
