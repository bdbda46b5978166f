import { TextField } from "./text-field.tsx";

/** A name and a description: what many things have that an administrator makes. */
export function DescribedFields(props: {
  /** Under which the name is sent. */
  name?: string;
  values?: { name: string; description: string };
  placeholder?: string;
}) {
  return (
    <>
      <TextField
        name={props.name ?? "name"}
        label="Name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={props.values?.name}
        {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      />
      <TextField
        name="description"
        label="Description"
        rows={2}
        maxLength={500}
        defaultValue={props.values?.description}
      />
    </>
  );
}
