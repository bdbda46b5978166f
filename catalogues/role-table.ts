import { fileURLToPath } from "node:url";
import {
  type Catalogue,
  cataloguePolicy,
  compile,
  decide,
  effective,
  type Policy,
} from "#lib/access/index.ts";
import { readCatalogue } from "#lib/catalogue/read-catalogue.ts";

/** For the tests beside it: role tables written by hand, and the same tables as the engine answers them. */

const root = fileURLToPath(new URL("..", import.meta.url));
const anyTime = Date.UTC(2026, 0, 15, 12);

export type Cell = "allow" | "limited" | "deny";
export type Table = Record<string, Record<string, Cell>>;

export async function load(name: string): Promise<{ catalogue: Catalogue; policy: Policy }> {
  const catalogue = await readCatalogue(name, root);
  return { catalogue, policy: compile(cataloguePolicy(catalogue)) };
}

/** A user with these roles, without end or window, who is in a team. */
export function holderOf(...roles: string[]) {
  return {
    id: "user",
    active: true,
    teams: ["blue"],
    assignments: roles.map((role) => ({ id: role, role })),
  };
}

const cells: Record<string, Cell> = { Y: "allow", L: "limited", "-": "deny" };

/** Reads `permission Y - L` lines under a line of role keys: Y allowed, L limited, - denied. */
export function written(text: string): Table {
  const [head = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const table: Table = {};
  for (const [permission = "", ...marks] of rows) {
    if (marks.length !== head.length || marks.some((mark) => !cells[mark]))
      throw new Error(`row ${permission}`);
    table[permission] = Object.fromEntries(
      head.map((role, column) => [role, cells[marks[column] ?? ""] ?? "deny"]),
    );
  }
  return table;
}

/** The same table for every permission and role of the catalogue, as `decide` answers without a resource. */
export function decided({ catalogue, policy }: { catalogue: Catalogue; policy: Policy }): Table {
  return Object.fromEntries(
    catalogue.permissions.map(({ key: permission }) => [
      permission,
      Object.fromEntries(
        catalogue.roles.map(({ key: role }) => [
          role,
          decide(policy, holderOf(role), { permission, at: anyTime }).effect,
        ]),
      ),
    ]),
  );
}

/** What somebody with these roles holds in full, sorted. */
export function held(policy: Policy, ...roles: string[]): string[] {
  return effective(policy, holderOf(...roles), anyTime)
    .filter(({ effect }) => effect === "allow")
    .map(({ permission }) => permission)
    .sort();
}

/** Group key, its risk, and its permissions in order. */
export function groupsOf({ groups, permissions }: Catalogue) {
  return groups.map(({ key, label, risk }) => ({
    label,
    risk,
    permissions: permissions.filter(({ group }) => group === key).map((permission) => permission.key),
  }));
}

export function wellDescribed({ permissions, roles }: Catalogue): boolean {
  return [...permissions, ...roles].every(
    ({ label, description }) => label.trim() !== "" && description.length >= 10 && description.endsWith("."),
  );
}
