import { ConfirmedChoice } from "#components/form/confirmed-choice.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import type { RoleRemoval } from "#lib/roles/index.ts";

/** What the holders of a role that goes get instead. Nothing is chosen for anybody beforehand. */
export function ReplacementField({ removal, single }: { removal: RoleRemoval; single: boolean }) {
  const options = removal.choices.map(({ key, label, why, danger }) => ({
    value: key,
    label,
    dangerous: danger !== undefined,
    disabledReason: why,
  }));
  const people = removal.people.toLocaleString("en");
  const mayTakeAway = !single && !removal.takeAwayWhy;
  return (
    <ConfirmedChoice
      name="replacement"
      chosen={[]}
      held={[]}
      choices={removal.choices}
      question={removal.people === 1 ? "Yes, give 1 person the role" : `Yes, give ${people} people the role`}
    >
      <SelectField
        name="replacement"
        label="Give them instead"
        options={options}
        placeholder={mayTakeAway ? "Nothing: just take it away" : "Choose a role"}
        required
        description={descriptionOf(removal, single)}
      />
    </ConfirmedChoice>
  );
}

function descriptionOf({ takeAwayWhy }: RoleRemoval, single: boolean): string {
  const kept = "Times, hours and organization of each assignment stay as they are.";
  if (single || !takeAwayWhy) return kept;
  return `It cannot just be taken away. ${takeAwayWhy} ${kept}`;
}
