"use client";
import { radioClass, TickRow } from "#components/form/tick-row.tsx";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { EditorSection } from "./editor-section.tsx";
import { type ManagedRule, ruledKeys, ruleOf } from "./managed-rule.ts";
import { ManagedTicks } from "./managed-ticks.tsx";
import type { RoleDraftState } from "./use-role-draft.ts";

/** Which data sources, or whatever is managed, the whole role reaches: all, selected ones, or groups. */
export function ManagedSection({ draft, attribute }: { draft: RoleDraftState; attribute: EditedAttribute }) {
  const { role, grants } = draft;
  const { key, label } = attribute;
  const ruled = ruledKeys(grants, role.guarding);
  const rule = ruleOf(key, grants, role.guarding);
  const labels = role.groups
    .flatMap((group) => group.permissions)
    .filter((permission) => ruled.includes(permission.key))
    .map((permission) => permission.label);
  const choices: { rule: ManagedRule; words: string; description: string }[] = [
    { rule: { kind: "all" }, words: "All", description: "Nothing is left out." },
    { rule: { kind: "in", values: [] }, words: "Selected", description: "Only those that are ticked." },
    {
      rule: { kind: "inGroup", values: [] },
      words: "Groups",
      description: "Whatever is in the groups at the time.",
    },
  ];
  const why = draft.editable
    ? ruled.length === 0
      ? "Give the role a permission of its own first."
      : undefined
    : "This role cannot be edited here.";
  return (
    <EditorSection
      id={`managed-${key}`}
      title={label}
      description={
        labels.length > 0
          ? `For every permission of the role's own that is about data: ${labels.join(", ")}. What it inherits keeps its own limits.`
          : "For every permission of the role's own that is about data."
      }
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{label}</legend>
        {choices.map((choice) => (
          <TickRow
            key={choice.rule.kind}
            label={choice.words}
            description={choice.description}
            disabledReason={why}
          >
            {(control) => (
              <input
                {...control}
                type="radio"
                name={`rule ${key}`}
                value={choice.rule.kind}
                checked={rule.kind === choice.rule.kind}
                onChange={() => draft.setRule(key, choice.rule)}
                className={radioClass}
              />
            )}
          </TickRow>
        ))}
        {rule.kind === "mixed" && (
          <p className="text-sm text-soft">
            Now the permissions differ: each says its own limits above. A choice here sets them all.
          </p>
        )}
      </fieldset>
      {draft.editable && (rule.kind === "in" || rule.kind === "inGroup") && (
        <ManagedTicks
          attribute={attribute}
          test={rule.kind}
          values={rule.values}
          onChange={(values) => draft.setRule(key, { ...rule, values })}
        />
      )}
    </EditorSection>
  );
}
