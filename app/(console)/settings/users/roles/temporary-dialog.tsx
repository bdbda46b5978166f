import { giveTemporaryAccessForm } from "#app/(console)/settings/access-requests/actions.ts";
import { ChosenPlace } from "#components/access/chosen-place.tsx";
import { LengthFields } from "#components/access/length-fields.tsx";
import { ConfirmedChoice } from "#components/form/confirmed-choice.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { heldInFull } from "#lib/assignments/index.ts";
import { roleChoices } from "#lib/roles/index.ts";
import { viewUserRoles } from "#lib/users/index.ts";
import { read, readIfThere } from "#lib/web/read.ts";
import { StartField } from "./start-field.tsx";

/** A role for a task: with a reason and an end. */
export async function TemporaryDialog({ id, backHref }: { id: string; backHref: string }) {
  const user = await readIfThere(viewUserRoles, { id });
  if (!user) return null;
  const roles = await read(roleChoices, { for: id });
  const inFull = heldInFull(user.assignments);
  const choices = roles.filter(({ key }) => !inFull.includes(key));
  return (
    <Dialog
      title={`Give ${user.name || user.username} access for a time`}
      description="On top of what they hold. It ends by itself, and can be ended early."
      closeHref={backHref}
    >
      <Form action={giveTemporaryAccessForm} okHref={backHref}>
        <input type="hidden" name="id" value={id} />
        <ConfirmedChoice
          name="role"
          chosen={[]}
          held={[]}
          choices={choices}
          question={`Yes, give ${user.name || user.username}`}
        >
          <SelectField
            name="role"
            label="Role"
            placeholder="Choose a role"
            options={choices.map(({ key, label, danger, why }) => ({
              value: key,
              label,
              dangerous: danger !== undefined,
              disabledReason: why,
            }))}
            required
          />
        </ConfirmedChoice>
        <TextField name="reason" label="Reason" maxLength={500} autoComplete="off" required />
        <LengthFields label="For how long" />
        <StartField />
        <ChosenPlace places={user.places} whose="theirs" />
        <FormButtons label="Give access" cancelHref={backHref} disabledReason={user.editWhy} />
      </Form>
    </Dialog>
  );
}
