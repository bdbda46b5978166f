"use client";
import { NativeSelect } from "#components/form/native-select.tsx";
import type { Places } from "#lib/assignments/schema.ts";
import { Labelled } from "./labelled.tsx";

/** Empty: everywhere. */
export interface PlaceChoice {
  organizationId: string;
  teamId: string;
}

/** Narrows a role to one of the organizations and teams that its holder belongs to; nothing where there is none. */
export function PlaceFields(props: {
  /** Before the names of the fields: `assignments.0.` */
  prefix?: string;
  places: Places;
  value: PlaceChoice;
  onChange: (value: PlaceChoice) => void;
  whose?: "theirs" | "yours";
  /** The selects send what is chosen; else something beside them does. */
  sends?: boolean;
}) {
  const { prefix = "", places, onChange, whose = "theirs", sends } = props;
  const { organizationId, teamId } = props.value;
  if (places.organizations.length === 0) return null;
  const organizationField = `${prefix}organizationId`;
  const teamField = `${prefix}teamId`;
  const teams = places.teams.filter((team) => !organizationId || team.organizationId === organizationId);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Labelled
        name={organizationField}
        label="Organization"
        description="Narrows what the role gives within organizations and teams."
      >
        {(control, changed) => (
          <NativeSelect
            {...control}
            name={sends ? organizationField : undefined}
            value={organizationId}
            placeholder={`All of ${whose}`}
            options={places.organizations.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={(event) => {
              changed();
              onChange({ organizationId: event.target.value, teamId: "" });
            }}
          />
        )}
      </Labelled>
      <Labelled name={teamField} label="Team">
        {(control, changed) => (
          <NativeSelect
            {...control}
            name={sends ? teamField : undefined}
            value={teamId}
            placeholder={`All of ${whose}`}
            options={teams.map((team) => ({ value: team.id, label: nameOf(team, organizationId, places) }))}
            onChange={(event) => {
              changed();
              onChange({ organizationId, teamId: event.target.value });
            }}
          />
        )}
      </Labelled>
    </div>
  );
}

/** Among several organizations a team's name alone may not say which it is. */
function nameOf(team: Places["teams"][number], chosen: string, { organizations }: Places): string {
  if (chosen || organizations.length === 1) return team.name;
  const organization = organizations.find(({ id }) => id === team.organizationId);
  return organization ? `${team.name}, ${organization.name}` : team.name;
}
