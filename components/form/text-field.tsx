"use client";
import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes } from "react";
import { controlClass } from "./control-class.ts";
import { FieldFrame } from "./field-frame.tsx";
import { type FieldProps, textOf, useField } from "./use-field.ts";

export interface TextFieldProps extends FieldProps {
  type?: "text" | "email" | "url" | "search" | "number" | "date" | "datetime-local" | "tel";
  defaultValue?: string | undefined;
  placeholder?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: InputHTMLAttributes<HTMLInputElement>["inputMode"];
  /** More than one row makes it a text area. */
  rows?: number;
  disabled?: boolean;
  readOnly?: boolean;
  spellCheck?: boolean;
  maxLength?: number;
}

/** A line of text, or several with `rows`. */
export function TextField(props: TextFieldProps) {
  const { label, required, description, defaultValue, rows, type = "text", ...rest } = props;
  const field = useField(props);
  const shared = { ...rest, ...field.control, defaultValue: textOf(field.sent, defaultValue) };
  return (
    <FieldFrame {...field} label={label} required={required} description={description}>
      {rows ? (
        <textarea {...shared} rows={rows} className={`${controlClass} py-1.5`} />
      ) : (
        <input {...shared} type={type} className={controlClass} />
      )}
    </FieldFrame>
  );
}
