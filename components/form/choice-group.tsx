"use client";
import type { Choice } from "./choice.ts";
import { FieldError } from "./field-error.tsx";
import { FieldDescription } from "./field-frame.tsx";
import { checkboxClass, radioClass, TickRow } from "./tick-row.tsx";
import { type FieldProps, listOf, useField } from "./use-field.ts";

interface ChoiceGroupProps extends FieldProps {
  options: readonly Choice[];
}

/** Any of several; each sent under the same name. */
export function CheckboxGroupField(
  props: ChoiceGroupProps & { defaultValues?: readonly string[] | undefined },
) {
  return <ChoiceGroup {...props} type="checkbox" initial={props.defaultValues} />;
}

function ChoiceGroup(
  props: ChoiceGroupProps & { type: "checkbox" | "radio"; initial: readonly string[] | undefined },
) {
  const field = useField(props);
  const ticked = field.answered ? listOf(field.sent, []) : (props.initial ?? []);
  return (
    <fieldset aria-describedby={field.control["aria-describedby"]} className="flex flex-col gap-1.5">
      <legend className="mb-1 text-sm font-medium">{props.label}</legend>
      <FieldError id={field.errorId} errors={field.errors} />
      <FieldDescription id={field.descriptionId} text={props.description} />
      {props.options.map((option) => (
        <TickRow key={option.value} {...option}>
          {(control) => (
            <input
              {...control}
              type={props.type}
              name={props.name}
              value={option.value}
              defaultChecked={ticked.includes(option.value)}
              aria-invalid={field.control["aria-invalid"]}
              className={props.type === "radio" ? radioClass : checkboxClass}
            />
          )}
        </TickRow>
      ))}
    </fieldset>
  );
}
