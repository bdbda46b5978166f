import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { ProvisioningToken } from "#lib/scim/index.ts";
import { revokeTokenForm } from "./actions.ts";

export function RevokeTokenDialog(props: {
  token: ProvisioningToken | undefined;
  why: string | undefined;
  closeHref: string;
}) {
  const { token, closeHref } = props;
  const why = token ? props.why : "There is no such token.";
  return (
    <ConfirmDialog
      title={token ? `Revoke the token ${token.name}?` : "Revoke the token?"}
      confirmLabel="Revoke token"
      action={revokeTokenForm}
      values={{ id: token?.id ?? "" }}
      closeHref={closeHref}
      disabledReason={why}
    >
      <p>
        Its next request fails. Until the provider has another token, nobody whom it switches off is switched
        off here.
      </p>
      {why && <p className="font-medium">{why}</p>}
    </ConfirmDialog>
  );
}
