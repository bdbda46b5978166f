import { TextField } from "#components/form/text-field.tsx";

/** A whole number, with what it counts in its label. */
export function NumberField(props: { name: string; label: string; description: string; value: number }) {
  const { value, ...field } = props;
  return (
    <TextField {...field} defaultValue={String(value)} inputMode="numeric" autoComplete="off" required />
  );
}
