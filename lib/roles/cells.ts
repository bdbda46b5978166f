import { describeLimit, givenBy, type Limit, type LimitNames } from "#lib/access/index.ts";
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
  names?: LimitNames;
}

interface Known {
  role: CellRole;
  own: ReadonlySet<string>;
  given: ReadonlyMap<string, readonly Limit[]>;
  bases: Known[];
}

/** What roles give according to the decision engine, each cell with where it comes from. */
export function roleCells(source: CellSource): (role: CellRole) => Record<string, MatrixCell> {
  const known = knowRoles(source);
  return ({ key }) => {
    const role = known.get(key);
    const cells: Record<string, MatrixCell> = {};
    const met = new Map<string, MatrixCell>();
    for (const [permission, limits] of role?.given ?? []) {
      const cell = {
        ...provenance(role as Known, permission, source),
        ...(limits.length > 0 && { limits: inWords(limits, source) }),
      };
      cells[permission] = sharedOf(cell, met);
    }
    return cells;
  };
}

/** Equal cells of a column are one object, which crosses to the browser once. */
function sharedOf(cell: MatrixCell, met: Map<string, MatrixCell>): MatrixCell {
  // A short one is shorter than a reference to it.
  if (!cell.from && !cell.limits && !cell.alsoFrom) return cell;
  const print = JSON.stringify(cell);
  const same = met.get(print) ?? cell;
  met.set(print, same);
  return same;
}

/** Each role with all that is asked of it for every cell, found once. */
function knowRoles({ policy, roles }: CellSource): Map<string, Known> {
  const known = new Map(
    roles.map((role): [string, Known] => {
      const own = new Set(role.grants.map(({ permission }) => permission));
      return [role.key, { role, own, given: givenBy(policy, role.key), bases: [] }];
    }),
  );
  // In the order of all roles, so that a list of several reads the same everywhere.
  for (const one of known.values())
    one.bases = [...known.values()].filter(({ role }) => one.role.bases.includes(role.key));
  return known;
}

function provenance(role: Known, key: string, source: CellSource): MatrixCell {
  if (role.role.superuser) return { by: "always" };
  const from = role.bases.flatMap((base) => wayTo(base, key) ?? []);
  if (role.own.has(key)) return { by: "own", ...(from.length > 0 && { alsoFrom: from }) };
  if (from.length > 0) return { by: "inherited", from };
  const implying = source.permissions.filter((permission) => permission.implies.includes(key));
  const own = implying.filter((permission) => role.own.has(permission.key));
  return { by: "implied", from: (own.length > 0 ? own : implying).map(({ label }) => label) };
}

/** The shortest way to a role that gives it by itself: "Auditor → Viewer". */
function wayTo(start: Known, key: string): string | undefined {
  if (!start.given.has(key)) return undefined;
  const open = [{ at: start, way: [start.role.label] }];
  const met = new Set([start]);
  for (const { at, way } of open) {
    const further = at.bases.filter((base) => base.given.has(key) && !met.has(base));
    if (at.role.superuser || at.own.has(key) || further.length === 0) return way.join(" → ");
    for (const base of further) {
      met.add(base);
      open.push({ at: base, way: [...way, base.role.label] });
    }
  }
  return start.role.label;
}

const inWords = (limits: readonly Limit[], { catalogue, names }: CellSource) =>
  limits.map((limit) => describeLimit(limit, catalogue.attributes, names));
