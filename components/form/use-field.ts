"use client";
import { useId } from "react";
import { useFormKnowledge } from "./form-context.ts";

export interface FieldProps {
  name: string;
  label: string;
  description?: string | undefined;
  required?: boolean | undefined;
}

/** Wires label, description and error of one field once: ids, aria-invalid, aria-describedby. */
export function useField(props: Pick<FieldProps, "name" | "description" | "required">) {
  const id = useId();
  const form = useFormKnowledge();
  const errors = form.errorsOf(props.name);
  const descriptionId = props.description ? `${id}-description` : undefined;
  const errorId = errors.length > 0 ? `${id}-error` : undefined;
  return {
    id,
    errors,
    descriptionId,
    errorId,
    answered: form.answered,
    sent: form.values[props.name],
    changed: () => form.clear(props.name),
    control: {
      id,
      name: props.name,
      "aria-required": props.required || undefined,
      "aria-invalid": errorId ? true : undefined,
      "aria-describedby": [errorId, descriptionId].filter(Boolean).join(" ") || undefined,
    },
  } as const;
}

/** The one text of a field, sent before or given at the start. */
export function textOf(sent: string | string[] | undefined, initial: string | undefined): string | undefined {
  return (Array.isArray(sent) ? sent[0] : sent) ?? initial;
}

/** The ticked values of a group, sent before or given at the start. */
export function listOf(
  sent: string | string[] | undefined,
  initial: readonly string[] | undefined,
): readonly string[] {
  if (sent === undefined) return initial ?? [];
  return Array.isArray(sent) ? sent : [sent];
}
