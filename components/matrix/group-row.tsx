import { memo, type Ref } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { RiskBadge } from "#components/ui/risk-badge.tsx";
import type { MatrixGroup, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { cellFocus, editedColumn, gridCell } from "./grid-cell.ts";
import { riskEdges } from "./risk-edges.ts";
import type { Slot } from "./slots.ts";

export interface GroupRowProps {
  row: number;
  group: MatrixGroup;
  shown: readonly MatrixPermission[];
  roles: readonly MatrixRole[];
  slots: readonly Slot[];
  activeColumn: number;
  editing: string | undefined;
  single: string | undefined;
  /** In the edited column: how many of the shown could be ticked, and how many unticked. */
  free: number;
  ticked: number;
  measure: Ref<HTMLTableRowElement> | undefined;
}

/** The header of a group: its risk, how much of it each role holds, and Select all in the column being edited. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { row, group, shown, roles, slots, activeColumn, editing } = props;
  return (
    <tr ref={props.measure} data-index={row - 1} aria-rowindex={row + 1} className="bg-sunken">
      <th
        scope="rowgroup"
        aria-colindex={1}
        className="sticky left-0 z-10 h-px border-r border-b border-line bg-sunken p-0 text-left"
      >
        <span aria-hidden className={classNames("absolute inset-y-0 left-0 w-1", riskEdges[group.risk])} />
        <div
          {...gridCell(row, 0, activeColumn === 0)}
          title={group.description}
          className={classNames(
            "flex h-full min-h-9 flex-wrap items-center gap-x-2 gap-y-0.5 py-1.5 pr-3 pl-4",
            cellFocus,
          )}
        >
          <span className="font-semibold">{group.label}</span>
          <RiskBadge risk={group.risk} />
        </div>
      </th>
      {slots.map((slot) => {
        if ("gap" in slot) return <td key={`gap ${slot.gap}`} aria-hidden className="p-0" />;
        const role = roles[slot.index];
        if (!role) return null;
        const column = slot.index + 1;
        const target = gridCell(row, column, activeColumn === column);
        return (
          <td
            key={role.key}
            aria-colindex={column + 1}
            className={classNames(
              "h-px border-b border-line p-0 text-center",
              role.key === editing && `border-x ${editedColumn}`,
              role.key !== props.single && "max-sm:hidden",
            )}
          >
            {role.key === editing ? (
              <SelectAll
                name={`${group.label}, ${role.label}`}
                all={shown.length === group.permissions.length}
                free={props.free}
                ticked={props.ticked}
                target={target}
              />
            ) : (
              <div
                {...target}
                className={classNames("grid h-full place-items-center text-2xs text-mute", cellFocus)}
              >
                <HeldOfGroup group={group} role={role} />
              </div>
            )}
          </td>
        );
      })}
    </tr>
  );
});

function HeldOfGroup({ group, role }: { group: MatrixGroup; role: MatrixRole }) {
  const held = group.permissions.filter((permission) => role.cells[permission.key]).length;
  return (
    <span className="tabular-nums">
      {held}
      <span aria-hidden>/</span>
      <span className="sr-only"> of </span>
      {group.permissions.length}
    </span>
  );
}

function SelectAll(props: {
  name: string;
  all: boolean;
  free: number;
  ticked: number;
  target: ReturnType<typeof gridCell>;
}) {
  const what = props.all ? "all" : "shown";
  const nothing = props.free + props.ticked === 0;
  const words = props.free > 0 || nothing ? `Select ${what}` : `Deselect ${what}`;
  return (
    <button
      type="button"
      {...props.target}
      aria-disabled={nothing || undefined}
      aria-label={`${words}: ${props.name}`}
      title={nothing ? "Nothing in this group can be changed here." : undefined}
      className={classNames(
        "size-full min-h-9 px-1 text-xs font-medium text-accent hover:underline aria-disabled:text-mute aria-disabled:no-underline",
        cellFocus,
      )}
    >
      {words}
    </button>
  );
}
