import type { MatrixCell, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { type Draft, isOwn } from "./draft.ts";

export type Cells = Readonly<Record<string, MatrixCell>>;

/**
 * The role's cells as they will be once the draft is saved: own grants, what base roles give, and what those imply.
 * A cell that stays as it was is the very same object, so that its component need not render again.
 */
export function draftCells(
  role: Pick<MatrixRole, "superuser" | "cells">,
  draft: Draft,
  permissions: readonly MatrixPermission[],
): Cells {
  if (role.superuser) return role.cells;
  const cells: Record<string, MatrixCell> = {};
  for (const { key } of permissions) {
    const cell = directCell(role.cells[key], draft, key);
    if (cell) cells[key] = cell;
  }
  for (const [key, from] of impliedBy(cells, permissions)) {
    if (!cells[key]) cells[key] = kept(role.cells[key], { by: "implied", from });
  }
  return cells;
}

function directCell(before: MatrixCell | undefined, draft: Draft, key: string): MatrixCell | undefined {
  if (isOwn(draft, key)) {
    if (before?.by === "own") return before;
    return before?.by === "inherited" ? { by: "own", alsoFrom: before.from } : { by: "own" };
  }
  if (before?.by === "inherited" || before?.by === "always") return before;
  // What is taken from the role itself may still come from a base role.
  return before?.alsoFrom ? { by: "inherited", from: before.alsoFrom } : undefined;
}

/** Permission key to the labels of the permissions that bring it along, at any distance. */
function impliedBy(held: Cells, permissions: readonly MatrixPermission[]): Map<string, string[]> {
  const byKey = new Map(permissions.map((permission) => [permission.key, permission]));
  const found = new Map<string, string[]>();
  for (const source of permissions) {
    if (!held[source.key]) continue;
    const seen = new Set([source.key]);
    const open = [...source.implies];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const permission = byKey.get(key);
      if (!permission || seen.has(key)) continue;
      seen.add(key);
      found.set(key, [...(found.get(key) ?? []), source.label]);
      open.push(...permission.implies);
    }
  }
  return found;
}

function kept(before: MatrixCell | undefined, now: MatrixCell): MatrixCell {
  const same = before?.by === now.by && before.from?.join("\n") === now.from?.join("\n");
  return same ? before : now;
}

/** n of n/N. The server's own count is the start, so that both always agree before the first change. */
export function heldCount(role: MatrixRole, cells: Cells): number {
  return role.held + Object.keys(cells).length - Object.keys(role.cells).length;
}

/** Why this box cannot be pressed, in words; nothing when it can. */
export function whyFixed(permission: MatrixPermission, cell: MatrixCell | undefined): string | undefined {
  if (cell?.by === "always") return "A superuser role always holds it.";
  if (cell?.by === "inherited")
    return `Inherited from ${cell.from?.join(", ") ?? "a base role"}; change it there.`;
  if (cell?.by === "implied") return `Comes with ${cell.from?.join(", ") ?? "another permission"}.`;
  if (!permission.grantable) return permission.grantWhy ?? "You do not hold this permission yourself.";
  return undefined;
}

/** Of these permissions, what Select all would add and Deselect all would take. */
export function groupToggle(
  permissions: readonly MatrixPermission[],
  cells: Cells,
): { on: string[]; off: string[] } {
  const free = permissions.filter((permission) => !whyFixed(permission, cells[permission.key]));
  const isHeld = (permission: MatrixPermission) => cells[permission.key]?.by === "own";
  return {
    on: free.filter((permission) => !isHeld(permission)).map((permission) => permission.key),
    off: free.filter(isHeld).map((permission) => permission.key),
  };
}
