"use client";
import { useId } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { toInstant, toLocal } from "./instant.ts";
import { useTimeZoneName } from "./use-time-zone.ts";

/** A date and a time on the reader's own clock, which it names; sent as the instant that it means. */
export function InstantField(props: {
  name: string;
  label: string;
  /** ISO 8601, or empty. */
  value: string;
  onChange: (iso: string) => void;
  description?: string;
}) {
  const id = useId();
  const zone = useTimeZoneName();
  const { errorsOf, clear } = useFormKnowledge();
  const errors = errorsOf(props.name);
  const errorId = errors.length > 0 ? `${id}-error` : undefined;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {props.label}
      </label>
      <input type="hidden" name={props.name} value={props.value} />
      <input
        id={id}
        type="datetime-local"
        value={props.value ? toLocal(props.value) : ""}
        onChange={(event) => {
          clear(props.name);
          props.onChange(event.target.value && toInstant(event.target.value));
        }}
        aria-invalid={errorId ? true : undefined}
        aria-describedby={[errorId, `${id}-zone`].filter(Boolean).join(" ")}
        className={controlClass}
      />
      <FieldError id={errorId} errors={errors} />
      <p id={`${id}-zone`} className="text-xs text-mute" suppressHydrationWarning>
        {props.description && `${props.description} `}Your clock: {zone}
      </p>
    </div>
  );
}
