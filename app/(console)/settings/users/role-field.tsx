import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { ConfirmedChoice } from "#components/form/confirmed-choice.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";

/** One role or several, as the catalogue has it. What the actor may not give stays visible with the reason. */
export function RoleField(props: {
  choices: readonly RoleChoice[];
  single: boolean;
  /** What is chosen to begin with. */
  chosen: readonly string[];
  /** What the user holds already: none for a new one. */
  held: readonly string[];
  /** Whom the roles are for, in the words of the confirmation. */
  whom: string;
  /** Where none is chosen beforehand. */
  placeholder?: string;
  /** Nobody changes their own roles: they are shown, and sent as they are. */
  why?: string | undefined;
}) {
  const { choices, single, chosen, held, why } = props;
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
    label: choice.label,
    dangerous: choice.danger !== undefined,
    description: single ? undefined : choice.description,
    // A role that is held already stays sendable: leaving it is no assignment.
    disabledReason: chosen.includes(choice.key) ? undefined : choice.why,
  }));
  return (
    <ConfirmedChoice
      name="roles"
      chosen={chosen}
      held={held}
      choices={choices}
      question={`Yes, give ${props.whom} the role`}
    >
      {single ? (
        <SelectField
          name="roles"
          label="Role"
          options={options}
          defaultValue={chosen[0]}
          placeholder={props.placeholder ?? (chosen.length === 0 ? "Choose a role" : undefined)}
          required
        />
      ) : (
        <CheckboxGroupField name="roles" label="Roles" options={options} defaultValues={chosen} />
      )}
    </ConfirmedChoice>
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
