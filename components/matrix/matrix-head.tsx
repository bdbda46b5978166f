import { classNames } from "#components/ui/class-names.ts";
import type { MatrixData, MatrixRole } from "#lib/roles/matrix-data.ts";
import { cellFocus, gridCell } from "./grid-cell.ts";
import type { Position } from "./grid-navigation.ts";
import { RoleHeader } from "./role-header.tsx";
import { lockOf } from "./role-lock.ts";
import { RoleTitle } from "./role-title.tsx";
import type { Slot } from "./slots.ts";
import type { RoleEditor } from "./use-role-editor.ts";

/** The head of the grid: one cell a role. A narrow screen names its one role in the corner instead. */
export function MatrixHead(props: {
  edit: MatrixData["edit"];
  roles: readonly MatrixRole[];
  single: MatrixRole | undefined;
  editor: RoleEditor | undefined;
  unsaved: readonly string[];
  active: Position;
  slots: readonly Slot[];
}) {
  const { roles, single, editor, active } = props;
  const activeColumn = active.row === 0 ? active.column : -1;
  return (
    <thead className="sticky top-(--matrix-top,0px) z-20 sm:top-0">
      <tr aria-rowindex={1}>
        <th
          scope="col"
          aria-colindex={1}
          className="sticky left-0 z-30 h-px border-r border-b border-line border-b-line-strong bg-surface p-0 text-left align-bottom font-normal max-sm:border-r-0"
        >
          <div {...gridCell(0, 0, activeColumn === 0)} className={classNames("px-4 pt-2.5 pb-2", cellFocus)}>
            <span className="text-xs font-medium text-mute max-sm:sr-only">Permission</span>
            {single && (
              <span className="sm:hidden">
                <RoleTitle role={single} />
              </span>
            )}
          </div>
        </th>
        {props.slots.map((slot) => {
          if ("gap" in slot)
            return <td key={`gap ${slot.gap}`} aria-hidden className="border-b border-line-strong p-0" />;
          const role = roles[slot.index];
          if (!role) return null;
          const edited = editor?.role.key === role.key ? editor : undefined;
          return (
            <RoleHeader
              key={role.key}
              role={role}
              column={slot.index + 1}
              active={activeColumn === slot.index + 1}
              editing={Boolean(edited)}
              unsaved={!edited && props.unsaved.includes(role.key)}
              held={edited ? edited.held : role.held}
              locked={lockOf(role, props.edit)}
              hideWhenNarrow={role !== single}
            />
          );
        })}
      </tr>
    </thead>
  );
}
