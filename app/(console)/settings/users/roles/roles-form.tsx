"use client";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import type { Choice } from "#components/form/choice.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { Button } from "#components/ui/button.tsx";
import type { AssignmentView, Places } from "#lib/assignments/schema.ts";
import { editUserRolesForm } from "./actions.ts";
import { AssignmentRow } from "./assignment-row.tsx";
import { ConfirmDangers } from "./confirm-dangers.tsx";
import {
  added,
  changeWords,
  type EditedAssignment,
  editedOf,
  isTouched,
  rebased,
} from "./edited-assignment.ts";

interface RoleOption extends Choice {
  /** What giving it means, where that has to be confirmed. */
  danger?: string | undefined;
}

/** All that somebody lastingly holds, edited as a draft and saved at once. */
export function RolesForm(props: {
  id: string;
  version: number;
  assignments: readonly AssignmentView[];
  roles: readonly RoleOption[];
  places: Places;
  single: boolean;
  whom: string;
  why: string | undefined;
  closeHref: string;
}) {
  const [rows, setRows] = useState<readonly EditedAssignment[]>(() => props.assignments.map(editedOf));
  const [version, setVersion] = useState(props.version);
  // Somebody else saved meanwhile: the draft stays, on top of what is there now.
  if (version !== props.version) {
    setVersion(props.version);
    setRows(rebased(rows, props.assignments));
  }
  const [open, setOpen] = useState<readonly string[]>([]);
  const [count, setCount] = useState(0);
  const words = changeWords(rows);
  const change = (key: string, part: Partial<EditedAssignment>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const toggle = (key: string) =>
    setOpen(open.includes(key) ? open.filter((one) => one !== key) : [...open, key]);
  const remove = (row: EditedAssignment) =>
    row.stored
      ? change(row.key, { removed: !row.removed })
      : setRows(rows.filter((one) => one.key !== row.key));
  const add = (value: string) => {
    const role = props.roles.find((one) => one.value === value);
    if (!role) return;
    const { label, danger } = role;
    setRows([...rows, added({ key: value, label, dangerous: danger !== undefined }, `new-${count}`)]);
    setCount(count + 1);
  };
  const dangerOf = (key: string) => props.roles.find(({ value }) => value === key)?.danger;
  const sent = rows.filter((row) => !row.removed && row.stored?.editable !== false);
  return (
    <Form action={editUserRolesForm} okHref={props.closeHref} aria-label="Roles">
      <input type="hidden" name="id" value={props.id} />
      <input type="hidden" name="version" value={props.version} />
      <Whole />
      <ul aria-label="Roles held" className="flex flex-col gap-2">
        {rows.map((row) => (
          <AssignmentRow
            key={row.key}
            name={sent.includes(row) ? `assignments.${sent.indexOf(row)}` : undefined}
            row={row}
            places={props.places}
            open={open.includes(row.key)}
            onOpen={() => toggle(row.key)}
            onChange={(part) => change(row.key, part)}
            onRemove={() => remove(row)}
            why={props.why}
          />
        ))}
      </ul>
      {rows.length === 0 && <p className="text-sm text-mute">They hold no role.</p>}
      {!props.why && (
        <AddRole
          roles={props.roles}
          onAdd={add}
          why={
            props.single && sent.length > 0 ? "A user has exactly one role here: remove it first." : undefined
          }
        />
      )}
      <ConfirmDangers
        roles={sent
          .filter((row) => !row.stored || isTouched(row))
          .map(({ role }) => ({ ...role, danger: dangerOf(role.key) }))}
        whom={props.whom}
      />
      <p role="status" className="text-sm text-soft">
        {words && `Not saved yet: ${words}.`}
      </p>
      <FormButtons
        label="Save roles"
        cancelHref={props.closeHref}
        disabledReason={props.why ?? (words ? undefined : "Nothing is changed yet.")}
      />
    </Form>
  );
}

/** What the server says of the list as a whole. */
function Whole() {
  return <FieldError id="assignments-error" errors={useFormKnowledge().errorsOf("assignments")} />;
}

function AddRole(props: {
  roles: readonly RoleOption[];
  onAdd: (role: string) => void;
  why: string | undefined;
}) {
  const id = useId();
  const [chosen, setChosen] = useState("");
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="min-w-0 grow basis-56">
        <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
          Add a role
        </label>
        <NativeSelect
          id={id}
          value={chosen}
          placeholder="Choose a role"
          onChange={(event) => setChosen(event.target.value)}
          options={props.roles.map(({ danger, ...option }) => ({
            ...option,
            dangerous: danger !== undefined,
          }))}
        />
      </div>
      <Button
        icon={<Plus aria-hidden className="size-4" />}
        onClick={() => {
          props.onAdd(chosen);
          setChosen("");
        }}
        disabledReason={props.why ?? (chosen ? undefined : "Choose a role first.")}
      >
        Add
      </Button>
    </div>
  );
}
