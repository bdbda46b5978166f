import { describeLimit, givenBy, type Limit } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { MatrixCell } from "./matrix-data.ts";

export interface CellRole {
  key: string;
  label: string;
  superuser: boolean;
  grants: readonly { permission: string; limits: readonly Limit[] }[];
  bases: readonly string[];
}

export interface CellSource extends ActivePolicy {
  permissions: readonly { key: string; label: string; implies: readonly string[] }[];
  roles: readonly CellRole[];
}

/** What a role gives according to the decision engine, each cell with where it comes from. */
export function roleCells(role: CellRole, source: CellSource): Record<string, MatrixCell> {
  const cells: Record<string, MatrixCell> = {};
  for (const [key, limits] of givenBy(source.policy, role.key)) {
    cells[key] = {
      ...provenance(role, key, source),
      ...(limits.length > 0 && { limits: inWords(limits, source) }),
    };
  }
  return cells;
}

function provenance(role: CellRole, key: string, source: CellSource): MatrixCell {
  if (role.superuser) return { by: "always" };
  const bases = source.roles
    .filter((base) => role.bases.includes(base.key) && givenBy(source.policy, base.key).has(key))
    .map(({ label }) => label);
  if (holds(role, key)) return { by: "own", ...(bases.length > 0 && { alsoFrom: bases }) };
  if (bases.length > 0) return { by: "inherited", from: bases };
  const implying = source.permissions.filter((permission) => permission.implies.includes(key));
  const own = implying.filter((permission) => holds(role, permission.key));
  return { by: "implied", from: (own.length > 0 ? own : implying).map(({ label }) => label) };
}

const holds = (role: CellRole, key: string) => role.grants.some(({ permission }) => permission === key);

const inWords = (limits: readonly Limit[], { catalogue }: CellSource) =>
  limits.map((limit) => describeLimit(limit, catalogue.attributes));
