import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { viewOrganization } from "#lib/organizations/index.ts";
import { readIfThere } from "#lib/web/read.ts";
import { deleteOrganizationForm } from "./actions.ts";

export async function DeleteOrganizationDialog(props: { id: string; closeHref: string; okHref: string }) {
  const { id, closeHref, okHref } = props;
  const organization = await readIfThere(viewOrganization, { id });
  if (!organization) return null;
  const { name, members, deleteWhy } = organization;
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirmLabel="Delete organization"
      action={deleteOrganizationForm}
      values={{ id }}
      closeHref={closeHref}
      okHref={okHref}
      disabledReason={deleteWhy}
    >
      {deleteWhy ? (
        <>
          <p className="font-medium text-ink">{deleteWhy}</p>
          {closeHref !== `/settings/organizations/${id}` && (
            <LinkButton href={`/settings/organizations/${id}`}>Show {name}</LinkButton>
          )}
        </>
      ) : (
        <p>
          {members === 0
            ? "Nobody is in it."
            : `${members === 1 ? "Its one member leaves" : `All its ${members} members leave`} it: what their roles reach there by belonging to it ends with their next request. Their accounts and sessions stay.`}{" "}
          Deleting is permanent.
        </p>
      )}
    </ConfirmDialog>
  );
}
