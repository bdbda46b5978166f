"use client";
import { type ReactNode, useId } from "react";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";

interface Wired {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** A label over a control whose value something else sends, and the server's words about it under its name. */
export function Labelled(props: {
  name: string;
  label: string;
  description?: string | undefined;
  children: (control: Wired, changed: () => void) => ReactNode;
}) {
  const id = useId();
  const { errorsOf, clear } = useFormKnowledge();
  const errors = errorsOf(props.name);
  const errorId = errors.length > 0 ? `${id}-error` : undefined;
  const moreId = props.description ? `${id}-more` : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {props.label}
      </label>
      {props.children(
        {
          id,
          "aria-invalid": errorId ? true : undefined,
          "aria-describedby": [errorId, moreId].filter(Boolean).join(" ") || undefined,
        },
        () => clear(props.name),
      )}
      <FieldError id={errorId} errors={errors} />
      {moreId && (
        <p id={moreId} className="text-xs text-mute">
          {props.description}
        </p>
      )}
    </div>
  );
}
