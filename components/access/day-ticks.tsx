"use client";
import { useId } from "react";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";

const days = [
  ["Monday", "Mon"],
  ["Tuesday", "Tue"],
  ["Wednesday", "Wed"],
  ["Thursday", "Thu"],
  ["Friday", "Fri"],
  ["Saturday", "Sat"],
  ["Sunday", "Sun"],
] as const;

/** Days of the week, Monday is 1. */
export function DayTicks(props: {
  name: string;
  value: readonly number[];
  onChange: (days: number[]) => void;
}) {
  const id = useId();
  const { errorsOf, clear } = useFormKnowledge();
  const errors = errorsOf(props.name);
  return (
    <fieldset aria-describedby={errors.length > 0 ? id : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Days</legend>
      <div className="flex flex-wrap gap-1.5">
        {days.map(([name, short], index) => {
          const day = index + 1;
          const on = props.value.includes(day);
          return (
            <label
              key={name}
              className="relative rounded-md border border-edge px-2.5 py-1 text-sm text-soft select-none hover:border-soft has-checked:border-accent-solid has-checked:bg-accent-solid has-checked:text-on-solid has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:py-2.5"
            >
              <input
                type="checkbox"
                aria-label={name}
                aria-invalid={errors.length > 0 || undefined}
                checked={on}
                onChange={() => {
                  clear(props.name);
                  const next = on ? props.value.filter((one) => one !== day) : [...props.value, day];
                  props.onChange(next.sort((one, other) => one - other));
                }}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              {short}
            </label>
          );
        })}
      </div>
      <FieldError id={id} errors={errors} />
    </fieldset>
  );
}
