import { memo } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import { EditLink } from "./edit-link.tsx";
import { editedColumn } from "./grid-cell.ts";
import { RoleFacts, RoleTitle } from "./role-title.tsx";

export interface RoleHeaderProps {
  role: MatrixRole;
  column: number;
  active: boolean;
  editing: boolean;
  /** A draft of it waits, though another column is edited now. */
  unsaved: boolean;
  held: number;
  /** Why it cannot be edited. */
  locked: string | undefined;
  hideWhenNarrow: boolean;
}

/** The head of a role's column: name, n/N, people, and the way into its editor. */
export const RoleHeader = memo(function RoleHeader(props: RoleHeaderProps) {
  const { role, editing, held } = props;
  const share = role.total > 0 ? held / role.total : 0;
  return (
    <th
      scope="col"
      aria-colindex={props.column + 1}
      className={classNames(
        "h-px border-b border-b-line-strong p-0 align-bottom font-normal",
        editing ? `border-x border-x-line ${editedColumn}` : "bg-surface",
        props.hideWhenNarrow && "max-sm:hidden",
      )}
    >
      <div className="flex h-full flex-col items-center justify-between gap-1 px-1.5 pt-2.5 pb-2 max-sm:justify-end">
        <div className="w-full text-center max-sm:sr-only">
          <RoleTitle role={role} />
        </div>
        <div className="flex w-full flex-col items-center gap-1">
          <RoleFacts role={role} />
          <div className="flex items-center gap-1">
            <span className="text-xs font-semibold tabular-nums">
              {held}/{role.total}
            </span>
            <EditLink {...props} />
          </div>
          <span aria-hidden className="h-0.5 w-4/5 overflow-hidden rounded-full bg-line">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
          </span>
        </div>
      </div>
    </th>
  );
});
