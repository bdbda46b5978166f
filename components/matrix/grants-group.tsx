import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { RiskBadge } from "#components/ui/risk-badge.tsx";
import type { MatrixGroup } from "#lib/roles/matrix-data.ts";
import { type Cells, groupToggle, whyFixed } from "./draft-cells.ts";
import { riskEdges } from "./risk-edges.ts";

/** The boxes of one group, with its risk, its own counter and Select all. */
export function GrantsGroup(props: {
  group: MatrixGroup;
  cells: Cells;
  onToggle: (permission: string) => void;
  onAll: (permissions: string[], on: boolean) => void;
}) {
  const { group, cells, onToggle, onAll } = props;
  const { on, off } = groupToggle(group.permissions, cells);
  const held = group.permissions.filter(({ key }) => cells[key]).length;
  const words = on.length > 0 || off.length === 0 ? "Select all" : "Deselect all";
  const nothing = on.length + off.length === 0;
  return (
    <fieldset className="relative mb-3 min-w-0 break-inside-avoid overflow-hidden rounded-lg border border-line bg-surface pl-1">
      <legend className="sr-only">
        {group.label}, {group.risk} risk
      </legend>
      <span aria-hidden className={`absolute inset-y-0 left-0 w-1 ${riskEdges[group.risk]}`} />
      <div className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5">
        <span aria-hidden className="flex min-w-0 grow flex-wrap items-center gap-x-2">
          <span className="font-semibold">{group.label}</span>
          <RiskBadge risk={group.risk} />
        </span>
        <span className="text-xs text-mute tabular-nums">
          {held}/{group.permissions.length}
        </span>
        <Button
          size="small"
          variant="quiet"
          className="-mr-1.5 text-accent!"
          aria-label={`${words}: ${group.label}`}
          disabledReason={nothing ? "Nothing in this group can be changed here." : undefined}
          onClick={() => onAll(on.length > 0 ? on : off, on.length > 0)}
        >
          {words}
        </Button>
      </div>
      <div className="flex flex-col gap-1 px-3 py-2">
        {group.permissions.map((permission) => {
          const cell = cells[permission.key];
          const notes = [permission.description, permission.withoutEffect];
          return (
            <TickRow
              key={permission.key}
              dangerous={permission.dangerous}
              label={permission.label}
              description={notes.filter(Boolean).join(". ")}
              disabledReason={whyFixed(permission, cell)}
            >
              {(control) => (
                <input
                  {...control}
                  type="checkbox"
                  name="grants"
                  value={permission.key}
                  checked={Boolean(cell)}
                  onChange={() => onToggle(permission.key)}
                  className={checkboxClass}
                />
              )}
            </TickRow>
          );
        })}
      </div>
    </fieldset>
  );
}
