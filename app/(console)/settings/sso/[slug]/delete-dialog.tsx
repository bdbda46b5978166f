import { deleteProviderForm } from "#app/(console)/settings/sso/actions.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { affected } from "./affected.ts";

export function DeleteDialog({ provider, closeHref }: { provider: ProviderView; closeHref: string }) {
  const { slug, version, label, people } = provider;
  return (
    <ConfirmDialog
      title={`Delete ${label}?`}
      confirmLabel="Delete provider"
      action={deleteProviderForm}
      values={{ slug, version: String(version) }}
      closeHref={closeHref}
    >
      <p>{affected(provider)}</p>
      {people > 0 && (
        <p>
          Who is who there is forgotten:{" "}
          {people === 1 ? "one person is" : `${people.toLocaleString("en")} people are`} linked anew, by
          verified address, if you add it once more. Their accounts and roles stay.
        </p>
      )}
      <p>Deleting is permanent.</p>
    </ConfirmDialog>
  );
}
