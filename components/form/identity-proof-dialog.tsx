"use client";
import { type ReactNode, useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FormAction } from "#lib/web/form-state.ts";
import { Form } from "./form.tsx";
import { type AskForProof, IdentityProof } from "./identity-proof.ts";
import { PasswordField } from "./password-field.tsx";
import { SubmitButton } from "./submit-button.tsx";

/** Lets every form inside ask the person for their password, over whatever is open, when its act needs a fresh proof. */
export function IdentityProofDialog({ action, children }: { action: FormAction; children: ReactNode }) {
  const [waiting, setWaiting] = useState<{ onProven: () => void }>();
  const ask: AskForProof = useCallback((onProven) => setWaiting({ onProven }), []);
  const close = () => setWaiting(undefined);
  return (
    <IdentityProof value={ask}>
      {children}
      {waiting && (
        <Dialog
          title="Confirm that it is you"
          description="This needs your password. Nothing that you entered is lost."
          size="small"
          onClose={close}
        >
          <Form
            action={action}
            onOk={() => {
              close();
              waiting.onProven();
            }}
          >
            <PasswordField name="password" label="Password" autoComplete="current-password" required />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <SubmitButton>Confirm</SubmitButton>
            </div>
          </Form>
        </Dialog>
      )}
    </IdentityProof>
  );
}
