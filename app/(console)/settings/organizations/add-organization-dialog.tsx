import { DescribedFields } from "#components/form/described-fields.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { addOrganizationForm } from "./actions.ts";

export function AddOrganizationDialog({ closeHref }: { closeHref: string }) {
  return (
    <Dialog title="Add Organization" description="Teams and members come next." closeHref={closeHref}>
      <Form action={addOrganizationForm} okHref={closeHref}>
        <DescribedFields />
        <FormButtons label="Add Organization" cancelHref={closeHref} />
      </Form>
    </Dialog>
  );
}
