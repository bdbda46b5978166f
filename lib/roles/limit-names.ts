import type { Limit, LimitNames } from "#lib/access/index.ts";
import type { Reader } from "#lib/kernel/database.ts";

/** What people call the managed values and groups that these grants name. */
export async function loadLimitNames(
  reader: Reader,
  grants: readonly { limits: readonly Limit[] }[],
): Promise<LimitNames> {
  const conditions = grants.flatMap(({ limits }) => limits.flatMap(({ where }) => where));
  const keysOf = (test: "in" | "inGroup") => [
    ...new Set(
      conditions.flatMap((condition) => (condition.test === test ? condition.values.map(String) : [])),
    ),
  ];
  const query = (keys: string[]) => ({
    where: { key: { in: keys } },
    select: { attribute: true, key: true, label: true },
  });
  const [values, groups] = [keysOf("in"), keysOf("inGroup")];
  const byKey = (rows: readonly { attribute: string; key: string; label: string }[]) => {
    const labels = new Map(rows.map(({ attribute, key, label }) => [`${attribute} ${key}`, label]));
    return (attribute: string, key: string) => labels.get(`${attribute} ${key}`);
  };
  return {
    value: byKey(values.length > 0 ? await reader.managedValue.findMany(query(values)) : []),
    group: byKey(groups.length > 0 ? await reader.valueGroup.findMany(query(groups)) : []),
  };
}
