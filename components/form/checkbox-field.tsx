"use client";
import { FieldError } from "./field-error.tsx";
import { checkboxClass, TickRow } from "./tick-row.tsx";
import { type FieldProps, textOf, useField } from "./use-field.ts";

interface CheckboxFieldProps extends FieldProps {
  defaultChecked?: boolean | undefined;
  disabledReason?: string | undefined;
}

/** Yes or no, sent as "on" or not at all. */
export function CheckboxField(props: CheckboxFieldProps) {
  const field = useField({ name: props.name, required: props.required });
  // After an answer a missing name means "off", whatever it was at the start.
  const checked = field.answered ? textOf(field.sent, undefined) !== undefined : props.defaultChecked;
  return (
    <div className="flex flex-col gap-1">
      <TickRow
        label={props.label}
        description={props.description}
        disabledReason={props.disabledReason}
        describedBy={field.errorId}
      >
        {(control) => (
          <input
            {...field.control}
            {...control}
            type="checkbox"
            defaultChecked={checked}
            className={checkboxClass}
          />
        )}
      </TickRow>
      <FieldError id={field.errorId} errors={field.errors} />
    </div>
  );
}
