"use client";
import { HoursFields } from "#components/access/hours-fields.tsx";
import { InstantField } from "#components/access/instant-field.tsx";
import { Labelled } from "#components/access/labelled.tsx";
import { PlaceFields } from "#components/access/place-fields.tsx";
import { controlClass } from "#components/form/control-class.ts";
import type { Places } from "#lib/assignments/schema.ts";
import type { EditedAssignment } from "./edited-assignment.ts";

/** When and where one assignment holds, and why. */
export function AssignmentFields(props: {
  /** `assignments.0` */
  name: string;
  row: EditedAssignment;
  places: Places;
  onChange: (part: Partial<EditedAssignment>) => void;
}) {
  const { name, row, places, onChange } = props;
  return (
    <div className="mt-3 flex flex-col gap-4 border-t border-line pt-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <InstantField
          name={`${name}.startsAt`}
          label="Starts"
          value={row.startsAt}
          onChange={(startsAt) => onChange({ startsAt })}
          description="Empty: at once."
        />
        <InstantField
          name={`${name}.endsAt`}
          label="Ends"
          value={row.endsAt}
          onChange={(endsAt) => onChange({ endsAt })}
          description="Empty: never."
        />
      </div>
      <HoursFields name={`${name}.window`} value={row.window} onChange={(window) => onChange({ window })} />
      {places.exist && places.organizations.length === 0 && (
        <p className="text-xs text-mute">
          They belong to no organization, so there is none to narrow this to.
        </p>
      )}
      <PlaceFields prefix={`${name}.`} places={places} value={row} onChange={onChange} />
      <Labelled name={`${name}.reason`} label="Reason">
        {(control, changed) => (
          <input
            {...control}
            value={row.reason}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => {
              changed();
              onChange({ reason: event.target.value });
            }}
            className={controlClass}
          />
        )}
      </Labelled>
    </div>
  );
}
