import type { Condition, Limit } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";

/** A limit with the grant that it belongs to. */
export interface StoredLimit {
  role: string;
  permission: string;
  limit: Limit;
}

export interface Named {
  attribute: string;
  key: string;
}

const names =
  (test: Condition["test"], { attribute, key }: Named) =>
  (condition: Condition): boolean =>
    condition.attribute === attribute &&
    condition.test === test &&
    "values" in condition &&
    condition.values.some((value) => value === key);

export const namingValue = (all: readonly StoredLimit[], named: Named): StoredLimit[] =>
  all.filter(({ limit }) => limit.where.some(names("in", named)));

export const namingGroup = (all: readonly StoredLimit[], named: Named): StoredLimit[] =>
  all.filter(({ limit }) => limit.where.some(names("inGroup", named)));

/** Every limit of every role. */
export async function storedLimits(tx: Tx | Reader): Promise<StoredLimit[]> {
  const grants = await tx.grant.findMany({
    where: { NOT: { limits: { equals: [] } } },
    select: { permissionKey: true, limits: true, role: { select: { key: true } } },
  });
  return grants.flatMap(({ permissionKey, limits, role }) =>
    (limits as unknown as Limit[]).map((limit) => ({ role: role.key, permission: permissionKey, limit })),
  );
}

/** The roles that they belong to, each once. */
export const rolesOf = (limits: readonly StoredLimit[]): string[] =>
  [...new Set(limits.map(({ role }) => role))].sort();
