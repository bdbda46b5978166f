import { CircleAlert } from "lucide-react";

/** What the server says about one field, beside it. */
export function FieldError({ id, errors }: { id: string | undefined; errors: readonly string[] }) {
  if (!id || errors.length === 0) return null;
  return (
    <p id={id} className="flex gap-1.5 text-xs text-high">
      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{errors.join(" ")}</span>
    </p>
  );
}
