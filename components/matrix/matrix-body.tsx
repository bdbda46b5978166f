import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import { changeOf } from "./draft.ts";
import { groupToggle } from "./draft-cells.ts";
import type { Position } from "./grid-navigation.ts";
import { GroupRow } from "./group-row.tsx";
import type { MatrixRow } from "./matrix-rows.ts";
import { PermissionRow } from "./permission-row.tsx";
import type { RoleEditor } from "./use-role-editor.ts";
import type { VirtualGrid } from "./use-virtual-grid.ts";

/** The rows below the header. Each gets only what concerns it, so that a tick renders its own row alone. */
export function MatrixBody(props: {
  rows: readonly MatrixRow[];
  roles: readonly MatrixRole[];
  single: MatrixRole | undefined;
  editor: RoleEditor | undefined;
  active: Position;
  grid: VirtualGrid;
}) {
  const { rows, roles, editor, active, grid } = props;
  const editing = editor?.role.key;
  return (
    <tbody>
      {grid.rows.map((slot) => {
        if ("gap" in slot) {
          return (
            <tr key={`gap ${slot.gap}`} aria-hidden>
              <td className="p-0" style={{ height: slot.gap }} />
            </tr>
          );
        }
        const row = rows[slot.index];
        if (!row) return null;
        const shared = {
          row: slot.index + 1,
          roles,
          slots: grid.columns,
          activeColumn: active.row === slot.index + 1 ? active.column : -1,
          editing,
          single: props.single?.key,
          measure: grid.measureRow,
        };
        if (row.kind === "group") {
          const { group, shown } = row;
          const { on, off } = groupToggle(shown, editor?.cells ?? {});
          return (
            <GroupRow
              key={group.key}
              {...shared}
              group={group}
              shown={shown}
              free={on.length}
              ticked={off.length}
            />
          );
        }
        const { permission } = row;
        return (
          <PermissionRow
            key={`${row.group.key} ${permission.key}`}
            {...shared}
            permission={permission}
            draftCell={editor?.cells[permission.key]}
            change={editor && changeOf(editor.draft, permission.key)}
          />
        );
      })}
    </tbody>
  );
}
