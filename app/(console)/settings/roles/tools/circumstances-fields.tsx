import type { AttributeChoice, CalculatorChoices } from "#lib/calculator/index.ts";
import { type About, type Asked, attributeName, namesResource } from "./asked.ts";
import { SelectQuestion, TextQuestion, TickQuestion } from "./question-field.tsx";

const owns: Record<About, string> = {
  user: "belongs to the user",
  roles: "belongs to them",
  who: "belongs to whoever asks",
};
const assigned: Record<About, string> = {
  user: "is assigned to the user",
  roles: "is assigned to them",
  who: "is assigned to whoever asks",
};
const headings = { resource: "", action: "action", context: "context", subject: "user" };

/** What is acted on, and how: everything that a limit can look at. */
export function CircumstancesFields(props: { about: About; asked: Asked; choices: CalculatorChoices }) {
  const { about, asked, choices } = props;
  const { type, id, organization, team, own, assigned: assignedTo } = asked.circumstances;
  // What a user is like is stored; only of somebody who does not exist can it be asked.
  const attributes = choices.attributes.filter(({ of }) => of !== "subject" || about === "roles");
  const placed = choices.organizations.length > 0;
  return (
    <details open={namesResource(asked) || undefined} className="group border-t border-line pt-3">
      <summary className="w-fit min-h-6 rounded font-medium text-soft hover:text-ink">
        About one resource
        <span className="ml-2 text-xs font-normal text-mute">
          Without, the answer is about all of them, with the limits
        </span>
      </summary>
      <div className="mt-3 grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextQuestion name="type" label="Type" value={type} />
        <TextQuestion name="id" label="Id" value={id} />
        {placed && (
          <SelectQuestion
            name="organization"
            label="Organization"
            value={organization}
            options={choices.organizations}
            placeholder="Not said"
          />
        )}
        {placed && (
          <SelectQuestion
            name="team"
            label="Team"
            value={team}
            options={choices.teams.filter((one) => !organization || one.organization === organization)}
            placeholder="Not said"
          />
        )}
        {attributes.map((attribute) => (
          <AttributeField key={attribute.key} attribute={attribute} asked={asked} />
        ))}
        <fieldset className="flex flex-col gap-1 sm:col-span-2 lg:col-span-4 lg:flex-row lg:gap-6">
          <legend className="sr-only">Whose it is</legend>
          <TickQuestion name="own" label={`It ${owns[about]}`} value={own && "on"} />
          <TickQuestion name="assigned" label={`It ${assigned[about]}`} value={assignedTo && "on"} />
          {about === "roles" && placed && (
            <TickQuestion
              name="member"
              label="They are in its organization and team"
              value={asked.member && "on"}
            />
          )}
        </fieldset>
      </div>
    </details>
  );
}

function AttributeField({ attribute, asked }: { attribute: AttributeChoice; asked: Asked }) {
  const { key, of, kind, options, description } = attribute;
  const given = asked.circumstances.values;
  const value = Object.hasOwn(given, key) ? given[key]?.[0] : undefined;
  const label = of === "resource" ? attribute.label : `${attribute.label} (${headings[of]})`;
  const shared = { name: attributeName(key), label, value, description };
  if (options.length > 0) return <SelectQuestion {...shared} options={options} placeholder="Not said" />;
  const type = kind === "number" ? "number" : kind === "instant" ? "datetime-local" : "text";
  return <TextQuestion {...shared} type={type} />;
}
