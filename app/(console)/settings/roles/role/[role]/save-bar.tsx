"use client";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { inWords, type RoleChanges } from "./role-draft.ts";
import type { RoleDraftState } from "./use-role-draft.ts";

/** What is about to be saved and for how many, and what has to be confirmed for it. */
export function SaveBar({ draft }: { draft: RoleDraftState }) {
  const { pending, answer } = useFormKnowledge();
  const { role, changes, changed } = draft;
  const people = role.people === 1 ? "1 person" : `${role.people.toLocaleString("en")} people`;
  const why = changed ? draft.missing : "Nothing is changed yet.";
  return (
    <section
      aria-label="Save"
      data-outline
      className="sticky bottom-2 z-30 flex flex-col gap-3 rounded-xl bg-raised px-4 py-3 shadow-float"
    >
      {answer.reason === "edit_conflict" && (
        <p className="text-sm text-soft">
          What they saved is shown now, with your changes on top: look at it and save again.
        </p>
      )}
      <Dangerous draft={draft} />
      <Sent changes={changes} role={role.key} version={role.version} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="font-semibold">{role.label}</p>
          <p role="status" className="text-xs text-soft tabular-nums">
            {changed ? `${inWords(changes, role.grants).join(", ")} · ${people} affected` : "No changes"}
          </p>
        </div>
        <div className="flex gap-2">
          {changed && <Button onClick={draft.discard}>Discard</Button>}
          <Button type="submit" variant="primary" pending={pending} disabledReason={why}>
            Save
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Dangerous permissions and base roles that the role is about to get. */
function Dangerous({ draft: { role, changes } }: { draft: RoleDraftState }) {
  const given = [...changes.add, ...changes.limit.map(({ permission }) => permission)];
  const permissions = role.groups
    .flatMap((group) => group.permissions)
    .filter(
      ({ key, dangerous }) => dangerous && given.includes(key) && !(key in role.grants || key in role.given),
    );
  const bases = role.choices.filter(({ key, danger }) => danger && changes.addBases.includes(key));
  const options = [
    ...permissions.map(({ key, label, description }) => ({
      value: key,
      label: `Yes, give ${role.label} ${label}`,
      description,
    })),
    ...bases.map(({ key, label, danger }) => ({
      value: key,
      label: `Yes, let ${role.label} inherit from ${label}`,
      description: danger,
    })),
  ];
  if (options.length === 0) return null;
  return (
    <Notice kind="warning" title="Dangerous">
      <CheckboxGroupField name="confirmed" label="Confirm that you mean it" options={options} />
    </Notice>
  );
}

function Sent(props: { changes: RoleChanges; role: string; version: number }) {
  const { changes } = props;
  const fields: [string, string][] = [
    ["role", props.role],
    ["version", String(props.version)],
    ...changes.add.map((key): [string, string] => ["add", key]),
    ...changes.remove.map((key): [string, string] => ["remove", key]),
    ...changes.limit.map((grant): [string, string] => ["limit", JSON.stringify(grant)]),
    ...changes.addBases.map((key): [string, string] => ["addBases", key]),
    ...changes.removeBases.map((key): [string, string] => ["removeBases", key]),
  ];
  if (changes.window !== undefined) fields.push(["window", JSON.stringify(changes.window)]);
  if (changes.api !== undefined) fields.push(["api", JSON.stringify(changes.api)]);
  return fields.map(([name, value]) => (
    <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
  ));
}
