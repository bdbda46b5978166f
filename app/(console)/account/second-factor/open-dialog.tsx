import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { SearchParams } from "#lib/web/page-href.ts";
import { removePasskeyForm, removeTotpForm } from "./actions.ts";
import { AddPasskeyForm } from "./add-passkey-form.tsx";
import { RenewCodesForm } from "./renew-codes-form.tsx";
import { SetUpAppDialog } from "./set-up-app-dialog.tsx";

/** The dialog that the address names, if there is something for it to do. */
export function OpenDialog(props: {
  params: SearchParams;
  own: {
    passkeys: readonly { id: string; name: string }[];
    recoveryCodes: number;
    removeWhy: string | undefined;
  };
  closeHref: string;
}) {
  const { params, own, closeHref } = props;
  if (params.add === "app") return <SetUpAppDialog closeHref={closeHref} />;
  if (params.add === "passkey")
    return (
      <Dialog title="Add a passkey" closeHref={closeHref} size="small">
        <AddPasskeyForm closeHref={closeHref} />
      </Dialog>
    );
  if (params.renew !== undefined)
    return (
      <Dialog title="Get new recovery codes" closeHref={closeHref} size="small">
        <RenewCodesForm closeHref={closeHref} />
      </Dialog>
    );
  if (params.remove === "app")
    return (
      <ConfirmDialog
        title="Remove the authenticator app?"
        confirmLabel="Remove app"
        action={removeTotpForm}
        values={{}}
        closeHref={closeHref}
        disabledReason={own.removeWhy}
      >
        <p>Its codes stop working. Without any other factor your password alone signs you in.</p>
      </ConfirmDialog>
    );
  const passkey = own.passkeys.find(({ id }) => id === params.remove);
  if (!passkey) return null;
  return (
    <ConfirmDialog
      title={`Remove the passkey ${passkey.name}?`}
      confirmLabel="Remove passkey"
      action={removePasskeyForm}
      values={{ id: passkey.id }}
      closeHref={closeHref}
      disabledReason={own.removeWhy}
    >
      <p>It does not sign in here any more. Delete it on the device as well.</p>
    </ConfirmDialog>
  );
}
