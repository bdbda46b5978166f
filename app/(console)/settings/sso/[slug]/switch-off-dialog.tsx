import { switchProviderForm } from "#app/(console)/settings/sso/actions.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { affected } from "./affected.ts";

export function SwitchOffDialog({ provider, closeHref }: { provider: ProviderView; closeHref: string }) {
  return (
    <ConfirmDialog
      title={`Switch ${provider.label} off?`}
      confirmLabel="Switch off"
      action={switchProviderForm}
      values={{ slug: provider.slug, version: String(provider.version) }}
      closeHref={closeHref}
    >
      <p>Nobody signs in through it until you switch it on again. {affected(provider)}</p>
      {provider.syncRoles && <p>Roles are managed here again: role sync does not count while it is off.</p>}
    </ConfirmDialog>
  );
}
