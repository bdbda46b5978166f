"use client";
import type { Choice } from "./choice.ts";
import { FieldFrame } from "./field-frame.tsx";
import { NativeSelect } from "./native-select.tsx";
import { type FieldProps, textOf, useField } from "./use-field.ts";

/** One of a few; the browser's own list, so that it works everywhere and without scripts. */
export function SelectField(
  props: FieldProps & {
    options: readonly Choice[];
    defaultValue?: string | undefined;
    /** Shown first and sent as an empty text. */
    placeholder?: string | undefined;
    disabled?: boolean;
  },
) {
  const field = useField(props);
  return (
    <FieldFrame {...field} label={props.label} required={props.required} description={props.description}>
      <NativeSelect
        {...field.control}
        disabled={props.disabled}
        defaultValue={textOf(field.sent, props.defaultValue)}
        options={props.options}
        placeholder={props.placeholder}
      />
    </FieldFrame>
  );
}
