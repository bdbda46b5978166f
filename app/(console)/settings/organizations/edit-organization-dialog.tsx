import { DescribedFields } from "#components/form/described-fields.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { viewOrganization } from "#lib/organizations/index.ts";
import { readIfThere } from "#lib/web/read.ts";
import { editOrganizationForm } from "./actions.ts";

export async function EditOrganizationDialog({ id, closeHref }: { id: string; closeHref: string }) {
  const organization = await readIfThere(viewOrganization, { id });
  if (!organization) return null;
  return (
    <Dialog title={`Edit ${organization.name}`} closeHref={closeHref}>
      <Form action={editOrganizationForm} okHref={closeHref}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="version" value={organization.version} />
        <DescribedFields values={organization} />
        <FormButtons label="Save" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}
