import type { ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

/** Label, control, error and description of one field, in that order. */
export function FieldFrame(props: {
  id: string;
  label: string;
  required?: boolean | undefined;
  description?: string | undefined;
  descriptionId: string | undefined;
  errorId: string | undefined;
  errors: readonly string[];
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={props.id} className="text-sm font-medium">
          {props.label}
        </label>
        {!props.required && (
          <span aria-hidden className="text-xs text-mute">
            Optional
          </span>
        )}
      </div>
      {props.children}
      <FieldError id={props.errorId} errors={props.errors} />
      <FieldDescription id={props.descriptionId} text={props.description} />
    </div>
  );
}

/** A line that helps to fill the field in. */
export function FieldDescription({ id, text }: { id: string | undefined; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} className="text-xs text-mute">
      {text}
    </p>
  );
}
