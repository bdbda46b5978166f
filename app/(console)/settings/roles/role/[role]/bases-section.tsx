"use client";
import { FieldError } from "#components/form/field-error.tsx";
import { FilteredTicks } from "#components/form/filtered-ticks.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { EditorSection } from "./editor-section.tsx";
import type { RoleDraftState } from "./use-role-draft.ts";

/** The roles that this one inherits, and those that inherit it. */
export function BasesSection({ draft }: { draft: RoleDraftState }) {
  const { role, bases } = draft;
  const { errorsOf } = useFormKnowledge();
  const errors = [...errorsOf("addBases"), ...errorsOf("removeBases")];
  const errorId = errors.length > 0 ? "bases-error" : undefined;
  return (
    <EditorSection
      id="bases"
      title="Inherits from"
      description="The role has all that its base roles have, and what they inherit in turn. What comes to them later comes here too."
    >
      <FieldError id={errorId} errors={errors} />
      {draft.editable ? (
        <FilteredTicks
          what="roles"
          options={role.choices.map(({ key, label, description, gives, danger, why }) => ({
            value: key,
            label,
            dangerous: danger !== undefined,
            description: [`Gives ${gives === 1 ? "1 permission" : `${gives} permissions`}`, description]
              .filter(Boolean)
              .join(". "),
            disabledReason: bases.includes(key) ? undefined : why,
          }))}
          ticked={bases}
          onTick={draft.setBase}
          describedBy={errorId}
          invalid={errors.length > 0}
        />
      ) : (
        <p className="text-sm">
          {role.choices.length > 0 ? role.choices.map(({ label }) => label).join(", ") : "No other role."}
        </p>
      )}
      {role.heirs.length > 0 && (
        <p className="text-sm text-soft">
          Inherited by <span className="text-ink">{role.heirs.join(", ")}</span>: what changes here changes
          there too.
        </p>
      )}
    </EditorSection>
  );
}
