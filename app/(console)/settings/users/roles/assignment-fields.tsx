"use client";
import { HoursFields } from "#components/access/hours-fields.tsx";
import { InstantField } from "#components/access/instant-field.tsx";
import { Labelled } from "#components/access/labelled.tsx";
import { controlClass } from "#components/form/control-class.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import type { EditedAssignment } from "./edited-assignment.ts";
import type { Places } from "./places.ts";

/** When and where one assignment holds, and why. */
export function AssignmentFields(props: {
  /** `assignments.0` */
  name: string;
  row: EditedAssignment;
  places: Places;
  onChange: (part: Partial<EditedAssignment>) => void;
}) {
  const { name, row, places, onChange } = props;
  const teams = places.teams.filter(
    (team) => !row.organizationId || team.organizationId === row.organizationId,
  );
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
      <HoursFields name={name} value={row.window} onChange={(window) => onChange({ window })} />
      {places.organizations.length === 0 ? (
        <p className="text-xs text-mute">
          They belong to no organization, so there is none to narrow this to.
        </p>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <Labelled
            name={`${name}.organizationId`}
            label="Organization"
            description="Narrows what the role gives within organizations and teams."
          >
            {(control, changed) => (
              <NativeSelect
                {...control}
                value={row.organizationId}
                placeholder="All of theirs"
                options={places.organizations.map(({ id, name: label }) => ({ value: id, label }))}
                onChange={(event) => {
                  changed();
                  onChange({ organizationId: event.target.value, teamId: "" });
                }}
              />
            )}
          </Labelled>
          <Labelled name={`${name}.teamId`} label="Team">
            {(control, changed) => (
              <NativeSelect
                {...control}
                value={row.teamId}
                placeholder="All of theirs"
                options={teams.map(({ id, name: label }) => ({ value: id, label }))}
                onChange={(event) => {
                  changed();
                  onChange({ teamId: event.target.value });
                }}
              />
            )}
          </Labelled>
        </div>
      )}
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
