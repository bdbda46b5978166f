import { SelectField } from "#components/form/select-field.tsx";
import type { RoleRemoval } from "#lib/roles/index.ts";

/** What the holders of a role that goes get instead. Nothing is chosen for anybody beforehand. */
export function ReplacementField({ removal, single }: { removal: RoleRemoval; single: boolean }) {
  const options = removal.choices.map(({ key, label, why }) => ({ value: key, label, disabledReason: why }));
  const mayTakeAway = !single && !removal.takeAwayWhy;
  return (
    <SelectField
      name="replacement"
      label="Give them instead"
      options={options}
      placeholder={mayTakeAway ? "Nothing: just take it away" : "Choose a role"}
      required
      description={descriptionOf(removal, single)}
    />
  );
}

function descriptionOf({ takeAwayWhy }: RoleRemoval, single: boolean): string {
  const kept = "Times, hours and organization of each assignment stay as they are.";
  if (single || !takeAwayWhy) return kept;
  return `It cannot just be taken away. ${takeAwayWhy} ${kept}`;
}
