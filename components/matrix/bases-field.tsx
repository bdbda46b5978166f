"use client";
import { useState } from "react";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { FieldError } from "#components/form/field-error.tsx";
import { FilteredTicks } from "#components/form/filtered-ticks.tsx";
import { listOf, useField } from "#components/form/use-field.ts";
import { Notice } from "#components/ui/notice.tsx";

/** A role that another may inherit. */
export interface BaseRole {
  key: string;
  label: string;
  description: string;
  gives: number;
  danger?: string;
  why?: string;
}

/** The base roles of a role to be; folded away, since most roles have none. */
export function BasesField({ bases }: { bases: readonly BaseRole[] }) {
  const field = useField({ name: "bases" });
  const [ticked, setTicked] = useState<readonly string[]>(() => listOf(field.sent, []));
  const dangerous = bases.filter(({ key, danger }) => danger && ticked.includes(key));
  return (
    <details
      open={field.errors.length > 0 || ticked.length > 0}
      className="rounded-lg border border-line px-3 py-2"
    >
      <summary className="cursor-pointer py-0.5 font-medium">
        Inherits from{ticked.length > 0 && `: ${ticked.length}`}
      </summary>
      <div className="flex flex-col gap-3 pt-3">
        <FieldError id={field.errorId} errors={field.errors} />
        <FilteredTicks
          what="roles"
          name="bases"
          options={bases.map(({ key, label, description, gives, danger, why }) => ({
            value: key,
            label,
            dangerous: danger !== undefined,
            description: [`Gives ${gives === 1 ? "1 permission" : `${gives} permissions`}`, description]
              .filter(Boolean)
              .join(". "),
            disabledReason: why,
          }))}
          ticked={ticked}
          onTick={(key, on) => {
            setTicked(on ? [...ticked, key] : ticked.filter((one) => one !== key));
            field.changed();
          }}
          describedBy={field.errorId}
          invalid={field.errors.length > 0}
        />
        {dangerous.length > 0 && (
          <Notice kind="warning" title="Dangerous">
            <CheckboxGroupField
              name="confirmed"
              label="Confirm that you mean it"
              options={dangerous.map(({ key, label, danger }) => ({
                value: key,
                label: `Yes, let this role inherit from ${label}`,
                description: danger,
              }))}
            />
          </Notice>
        )}
      </div>
    </details>
  );
}
