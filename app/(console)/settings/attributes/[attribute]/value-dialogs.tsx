import { addValueForm, deleteValueForm, editValueForm } from "#app/(console)/settings/attributes/actions.ts";
import { DescribedFields } from "#components/form/described-fields.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { viewValue } from "#lib/managed-values/index.ts";
import type { SearchParams } from "#lib/web/page-href.ts";
import { readIfThere } from "#lib/web/read.ts";

interface Props {
  list: { key: string; label: string };
  closeHref: string;
}

/** The address says which one is open. */
export function ValueDialogs({ params, ...props }: Props & { params: SearchParams }) {
  if (typeof params.edit === "string") return <EditValue {...props} value={params.edit} />;
  if (typeof params.delete === "string") return <DeleteValue {...props} value={params.delete} />;
  return params.add === undefined ? null : <AddValue {...props} />;
}

function AddValue({ list, closeHref }: Props) {
  return (
    <Dialog title={`Add ${list.label}`} closeHref={closeHref}>
      <Form action={addValueForm} okHref={closeHref}>
        <input type="hidden" name="attribute" value={list.key} />
        <DescribedFields name="label" />
        <TextField
          name="key"
          label="Key"
          required
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          description="What your application calls it when it asks. It stays as it is."
        />
        <FormButtons label={`Add ${list.label}`} cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

async function EditValue({ list, closeHref, value: key }: Props & { value: string }) {
  const value = await readIfThere(viewValue, { attribute: list.key, key });
  if (!value) return null;
  return (
    <Dialog title={`Edit ${value.label}`} description={`Key: ${value.key}`} closeHref={closeHref}>
      <Form action={editValueForm} okHref={closeHref}>
        <input type="hidden" name="attribute" value={list.key} />
        <input type="hidden" name="key" value={value.key} />
        <DescribedFields name="label" values={{ name: value.label, description: value.description }} />
        <FormButtons label="Save" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}

async function DeleteValue({ list, closeHref, value: key }: Props & { value: string }) {
  const value = await readIfThere(viewValue, { attribute: list.key, key });
  return (
    <ConfirmDialog
      title={`Delete ${value?.label ?? key}?`}
      confirmLabel="Delete"
      action={deleteValueForm}
      values={{ attribute: list.key, key }}
      closeHref={closeHref}
    >
      <p>
        It can no longer be chosen for limits and groups. What your application marks with the key {key} stays
        as it is.
      </p>
    </ConfirmDialog>
  );
}
