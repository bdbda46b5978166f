"use client";
import { Settings2, Trash2, Undo2 } from "lucide-react";
import { useId } from "react";
import { sourceWords } from "#components/access/source-words.ts";
import { ValidityLine } from "#components/access/validity-line.tsx";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { Places } from "#lib/assignments/schema.ts";
import { AssignmentFields } from "./assignment-fields.tsx";
import { type EditedAssignment, isTouched } from "./edited-assignment.ts";
import { HiddenFields } from "./hidden-fields.tsx";

/** One assignment: what it is, and a part that opens for its times and places. */
export function AssignmentRow(props: {
  /** `assignments.0`; none while it is to be removed. */
  name: string | undefined;
  row: EditedAssignment;
  places: Places;
  open: boolean;
  onOpen: () => void;
  onChange: (part: Partial<EditedAssignment>) => void;
  onRemove: () => void;
  /** Why nothing here can be changed. */
  why: string | undefined;
}) {
  const { name, row, places, onChange } = props;
  const fieldsId = useId();
  const errorId = useId();
  const { errorsOf } = useFormKnowledge();
  const { stored } = row;
  const why =
    props.why ?? (stored && !stored.editable ? "Another system gives and takes this one." : undefined);
  const wrong = name ? wrongFields.some((field) => errorsOf(`${name}.${field}`).length > 0) : false;
  const open = name !== undefined && (props.open || wrong);
  const errors = name ? errorsOf(`${name}.role`) : [];
  return (
    <li
      className={classNames(
        "rounded-lg border border-line-strong px-3 py-2.5",
        row.removed && "border-dashed opacity-70",
      )}
    >
      {name && (!stored || stored.editable) && <HiddenFields name={name} row={row} open={open} />}
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 grow basis-64">
          <p className="flex flex-wrap items-center gap-1.5">
            <span className={row.removed ? "line-through" : undefined}>
              <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
            </span>
            {!stored && <Badge tone="low">Added</Badge>}
            {row.removed && <Badge tone="high">Will be removed</Badge>}
            {!row.removed && isTouched(row) && <Badge tone="medium">Changed</Badge>}
          </p>
          {stored && !isTouched(row) && (
            <p className="mt-1">
              <ValidityLine of={stored} />
            </p>
          )}
          <Origin row={row} />
          <FieldError id={errorId} errors={errors} />
        </div>
        <div className="flex gap-1.5">
          {!row.removed && (
            <Button
              size="small"
              variant="quiet"
              icon={<Settings2 aria-hidden className="size-3.5" />}
              aria-expanded={open}
              aria-controls={fieldsId}
              aria-label={`Times and places of ${row.role.label}`}
              aria-invalid={errors.length > 0 || undefined}
              aria-describedby={errors.length > 0 ? errorId : undefined}
              onClick={props.onOpen}
              disabledReason={why}
            >
              Times
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            icon={
              row.removed ? (
                <Undo2 aria-hidden className="size-3.5" />
              ) : (
                <Trash2 aria-hidden className="size-3.5" />
              )
            }
            aria-label={`${row.removed ? "Keep" : "Remove"} ${row.role.label}`}
            onClick={props.onRemove}
            disabledReason={why ?? stored?.takeWhy}
          >
            {row.removed ? "Keep" : "Remove"}
          </Button>
        </div>
      </div>
      <div id={fieldsId}>
        {open && !why && <AssignmentFields name={name} row={row} places={places} onChange={onChange} />}
      </div>
    </li>
  );
}

/** Fields of the part that opens. */
const wrongFields = [
  "startsAt",
  "endsAt",
  "window.days",
  "window.from",
  "window.to",
  "window.timeZone",
  "organizationId",
  "teamId",
  "reason",
];

function Origin({ row }: { row: EditedAssignment }) {
  const { stored } = row;
  if (!stored) return <p className="mt-1 text-xs text-mute">For good, unless you set times.</p>;
  return (
    <p className="mt-1 text-xs text-mute">
      {sourceWords(stored)} <RelativeTime at={stored.givenAt} />
      {stored.reason && `: ${stored.reason}`}
    </p>
  );
}
