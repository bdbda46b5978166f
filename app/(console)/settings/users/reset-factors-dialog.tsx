import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { viewFactorsOf } from "#lib/second-factor/index.ts";
import { read } from "#lib/web/read.ts";
import { resetFactorsForm } from "./factor-actions.ts";

export async function ResetFactorsDialog({ id, closeHref }: { id: string; closeHref: string }) {
  const { username, why } = await read(viewFactorsOf, { id });
  return (
    <ConfirmDialog
      title={`Reset the second factor of ${username}?`}
      confirmLabel="Reset second factor"
      action={resetFactorsForm}
      values={{ id }}
      closeHref={closeHref}
      disabledReason={why}
    >
      <p>
        Their authenticator app, passkeys, recovery codes and trusted devices stop working here, and their
        sessions end. Their password alone signs them in again, until they set up a new factor.
      </p>
      <p>Make sure that it is really them who asks.</p>
      {why && <p className="font-medium">{why}</p>}
    </ConfirmDialog>
  );
}
