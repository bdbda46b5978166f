import type { Limit } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Reader } from "#lib/kernel/database.ts";
import type { EditedAttribute } from "./role-details.ts";

/** As many as one condition can name. */
const shownAtMost = 500;

interface Grant {
  limits: readonly Limit[];
}

/**
 * The catalogue's attributes, managed ones with their values and groups.
 * @param named whoever only looks gets no more than what these grants name
 */
export async function editedAttributes(
  reader: Reader,
  { catalogue }: ActivePolicy,
  named?: readonly Grant[],
): Promise<EditedAttribute[]> {
  const attributes: EditedAttribute[] = [];
  for (const attribute of catalogue.attributes) {
    if (attribute.kind !== "managed") {
      attributes.push(attribute);
      continue;
    }
    const keys = named && namesIn(named, attribute.key);
    const where = { attribute: attribute.key, ...(keys && { key: { in: keys } }) };
    const query = { where, orderBy: { key: "asc" as const }, take: shownAtMost };
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
        members: named ? [] : members.map(({ valueKey }) => valueKey),
      })),
    });
  }
  return attributes;
}

const namesIn = (grants: readonly Grant[], attribute: string): string[] =>
  grants
    .flatMap(({ limits }) => limits.flatMap(({ where }) => where))
    .flatMap((condition) =>
      condition.attribute === attribute && "values" in condition ? condition.values.map(String) : [],
    );
