import { CircleSlash, TriangleAlert } from "lucide-react";
import { memo, type Ref } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixCell as Cell, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { whyFixed } from "./draft-cells.ts";
import { EditCell } from "./edit-cell.tsx";
import type { Change } from "./edit-mark.tsx";
import { cellFocus, gridCell } from "./grid-cell.ts";
import { MatrixCell } from "./matrix-cell.tsx";
import type { Slot } from "./slots.ts";

export interface PermissionRowProps {
  /** In the grid; the header is row 0. */
  row: number;
  permission: MatrixPermission;
  roles: readonly MatrixRole[];
  slots: readonly Slot[];
  /** The column that has the tab stop, when this row has it. */
  activeColumn: number;
  editing: string | undefined;
  /** Key of the one role that a narrow screen shows. */
  single: string | undefined;
  draftCell: Cell | undefined;
  change: Change;
  measure: Ref<HTMLTableRowElement> | undefined;
}

/** One permission across the roles. Everything it gets is primitive or stable: a tick renders one row. */
export const PermissionRow = memo(function PermissionRow(props: PermissionRowProps) {
  const { row, permission, roles, slots, activeColumn, editing } = props;
  return (
    <tr ref={props.measure} data-index={row - 1} aria-rowindex={row + 1} className="group/row">
      <th
        scope="row"
        aria-colindex={1}
        className="sticky left-0 z-10 h-px border-r border-b border-line bg-surface p-0 text-left font-normal group-hover/row:bg-hover"
      >
        <div
          {...gridCell(row, 0, activeColumn === 0)}
          className={classNames(
            "flex h-full flex-col justify-center py-1 pr-3 pl-4 max-sm:py-2.5",
            cellFocus,
          )}
        >
          <PermissionName permission={permission} />
        </div>
      </th>
      {slots.map((slot) => {
        if ("gap" in slot) return <td key={`gap ${slot.gap}`} aria-hidden className="p-0" />;
        const role = roles[slot.index];
        if (!role) return null;
        const cell = {
          row,
          column: slot.index + 1,
          active: activeColumn === slot.index + 1,
          name: `${permission.label}, ${role.label}`,
          hideWhenNarrow: role.key !== props.single,
        };
        if (role.key !== editing)
          return <MatrixCell key={role.key} {...cell} cell={role.cells[permission.key]} />;
        const fixed = whyFixed(permission, props.draftCell);
        return (
          <EditCell key={role.key} {...cell} cell={props.draftCell} change={props.change} fixed={fixed} />
        );
      })}
    </tr>
  );
});

function PermissionName({ permission }: { permission: MatrixPermission }) {
  const { withoutEffect, description } = permission;
  return (
    <>
      <span className="flex items-center gap-x-1.5 leading-5">
        <span className="font-medium">{permission.label}</span>
        {permission.dangerous && (
          <TriangleAlert role="img" aria-label="Dangerous" className="size-3.5 shrink-0 text-high" />
        )}
      </span>
      {withoutEffect && (
        <span className="flex items-center gap-1 text-xs leading-4 font-medium text-soft" title={description}>
          <CircleSlash aria-hidden className="size-3 shrink-0" />
          {withoutEffect}
        </span>
      )}
      <span
        title={description}
        className={classNames("text-xs leading-4 text-mute sm:truncate", withoutEffect && "sm:sr-only")}
      >
        {description}
      </span>
    </>
  );
}
