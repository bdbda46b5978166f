import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import type { EditedAttribute } from "./role-details.ts";

/** As many as one condition can name. */
const shownAtMost = 500;

/** The catalogue's attributes, managed ones with their values and groups. */
export async function editedAttributes(
  reader: Reader,
  { catalogue }: ActivePolicy,
): Promise<EditedAttribute[]> {
  const attributes: EditedAttribute[] = [];
  for (const attribute of catalogue.attributes) {
    if (attribute.kind !== "managed") {
      attributes.push(attribute);
      continue;
    }
    const query = {
      where: { attribute: attribute.key },
      orderBy: { key: "asc" as const },
      take: shownAtMost,
    };
    const known = await reader.managedValue.findMany({ ...query, select: { key: true, label: true } });
    const groups = await reader.valueGroup.findMany({
      ...query,
      select: { key: true, label: true, members: { select: { valueKey: true } } },
    });
    attributes.push({
      ...attribute,
      known,
      groups: groups.map(({ members, ...group }) => ({
        ...group,
        members: members.map(({ valueKey }) => valueKey),
      })),
    });
  }
  return attributes;
}
