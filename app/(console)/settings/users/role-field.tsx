import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";

/** One role or several, as the catalogue has it. What the actor may not give stays visible with the reason. */
export function RoleField(props: {
  choices: readonly RoleChoice[];
  single: boolean;
  held: readonly string[];
  /** Where none is chosen beforehand. */
  placeholder?: string;
  /** Nobody changes their own roles: they are shown, and sent as they are. */
  why?: string | undefined;
}) {
  const { choices, single, held, why } = props;
  if (why)
    return (
      <FixedRoles
        labels={choices.filter(({ key }) => held.includes(key)).map(({ label }) => label)}
        held={held}
        why={why}
      />
    );
  const options = choices.map((choice) => ({
    value: choice.key,
    label: choice.dangerous ? `${choice.label} (dangerous)` : choice.label,
    description: single ? undefined : choice.description,
    // A role that is held already stays sendable: leaving it is no assignment.
    disabledReason: held.includes(choice.key) ? undefined : choice.why,
  }));
  return single ? (
    <SelectField
      name="roles"
      label="Role"
      options={options}
      defaultValue={held[0]}
      placeholder={props.placeholder ?? (held.length === 0 ? "Choose a role" : undefined)}
      required
    />
  ) : (
    <CheckboxGroupField name="roles" label="Roles" options={options} defaultValues={held} />
  );
}

function FixedRoles({
  labels,
  held,
  why,
}: {
  labels: readonly string[];
  held: readonly string[];
  why: string;
}) {
  return (
    <div>
      <p className="text-sm font-medium">{labels.length === 1 ? "Role" : "Roles"}</p>
      <p>{labels.join(", ")}</p>
      <p className="text-xs text-mute">{why}</p>
      {held.map((key) => (
        <input key={key} type="hidden" name="roles" value={key} />
      ))}
    </div>
  );
}
