"use client";
import { type ReactNode, useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type AskForProof, IdentityProof } from "./identity-proof.ts";
import { IdentityProofForm, type IdentityProofWays } from "./identity-proof-form.tsx";

/** Lets every form inside ask the person who they are, over whatever is open, when its act needs a fresh proof. */
export function IdentityProofDialog({ children, ...proof }: IdentityProofWays & { children: ReactNode }) {
  const [waiting, setWaiting] = useState<{ onProven: () => void }>();
  const ask: AskForProof = useCallback((onProven) => setWaiting({ onProven }), []);
  const close = () => setWaiting(undefined);
  return (
    <IdentityProof value={ask}>
      {children}
      {waiting && (
        <Dialog
          title="Confirm that it is you"
          description="This needs a fresh proof of who you are. Nothing that you entered is lost."
          size="small"
          onClose={close}
        >
          <IdentityProofForm
            {...proof}
            onOk={() => {
              close();
              waiting.onProven();
            }}
            cancel={<Button onClick={close}>Cancel</Button>}
          />
        </Dialog>
      )}
    </IdentityProof>
  );
}
