import { ChosenPlace } from "#components/access/chosen-place.tsx";
import { LengthFields } from "#components/access/length-fields.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Places } from "#lib/assignments/schema.ts";
import { requestAccessForm } from "./actions.ts";

/** Asks for a role for a time. */
export function AskDialog(props: {
  roles: readonly { key: string; label: string; dangerous: boolean }[];
  places: Places;
  closeHref: string;
}) {
  return (
    <Dialog
      title="Ask for access"
      description="An administrator, who is somebody else, grants or refuses it. You see the answer here."
      closeHref={props.closeHref}
    >
      <Form action={requestAccessForm} okHref={props.closeHref}>
        <SelectField
          name="role"
          label="Role"
          placeholder="Choose a role"
          options={props.roles.map(({ key, label, dangerous }) => ({
            value: key,
            label: dangerous ? `${label} (dangerous)` : label,
          }))}
          required
        />
        <TextField
          name="reason"
          label="Reason"
          description="What you need it for: whoever decides reads it, and it stays in the audit trail."
          maxLength={500}
          autoComplete="off"
          required
        />
        <LengthFields label="For how long, from now" />
        <ChosenPlace places={props.places} whose="yours" />
        <FormButtons label="Send request" cancelHref={props.closeHref} />
      </Form>
    </Dialog>
  );
}
