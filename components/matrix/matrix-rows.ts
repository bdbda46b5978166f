import type { MatrixCell, MatrixGroup, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";

export type MatrixRow =
  | {
      kind: "group";
      group: MatrixGroup /** Those of its permissions that are shown. */;
      shown: MatrixPermission[];
    }
  | { kind: "permission"; group: MatrixGroup; permission: MatrixPermission };

export interface RowFilter {
  query: string;
  /** Only permissions that these roles do not all hold alike. */
  differing?: readonly MatrixRole[] | undefined;
}

/** The rows below the header: each group that has anything to show, then its permissions. */
export function rowsOf(groups: readonly MatrixGroup[], { query, differing }: RowFilter): MatrixRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group) => {
    const shown = group.permissions.filter(
      (permission) => matches(words, group, permission) && (!differing || differs(differing, permission.key)),
    );
    if (shown.length === 0) return [];
    const rows = shown.map((permission): MatrixRow => ({ kind: "permission", group, permission }));
    return [{ kind: "group", group, shown }, ...rows];
  });
}

function matches(
  words: string[],
  group: MatrixGroup,
  { key, label, description }: MatrixPermission,
): boolean {
  const text = `${label}\n${key}\n${description}\n${group.label}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function differs(roles: readonly MatrixRole[], permission: string): boolean {
  return new Set(roles.map((role) => effect(role.cells[permission]))).size > 1;
}

/** How it is given does not matter for a difference, only what it lets people do. */
function effect(cell: MatrixCell | undefined): string {
  if (!cell) return "";
  return cell.limits ? `limited\n${[...cell.limits].sort().join("\n")}` : "full";
}
