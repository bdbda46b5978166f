import type { Condition, Limit } from "#lib/access/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";

/** A stored limit that names a value or group, with the grant that it belongs to. */
export interface NamingLimit {
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

export const limitsNamingValue = (tx: Tx | Reader, named: Named) => limitsWith(tx, names("in", named));
export const limitsNamingGroup = (tx: Tx | Reader, named: Named) => limitsWith(tx, names(inGroup, named));

async function limitsWith(tx: Tx | Reader, test: (condition: Condition) => boolean): Promise<NamingLimit[]> {
  const grants = await tx.grant.findMany({
    where: { NOT: { limits: { equals: [] } } },
    select: { permissionKey: true, limits: true, role: { select: { key: true } } },
  });
  return grants.flatMap(({ permissionKey, limits, role }) =>
    (limits as unknown as Limit[])
      .filter(({ where }) => where.some(test))
      .map((limit) => ({ role: role.key, permission: permissionKey, limit })),
  );
}
