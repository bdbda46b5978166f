"use client";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { type FormAction, type FormState, idle } from "#lib/web/form-state.ts";
import { type AskForProof, IdentityProof } from "./identity-proof.ts";
import { IdentityProofForm, type IdentityProofWays } from "./identity-proof-form.tsx";

type Ways = IdentityProofWays["ways"];
const noAnswer = "The console did not answer. Try again.";

/**
 * Lets every form inside ask the person who they are, over whatever is open, when its act needs a fresh proof. Which ways
 * they have is asked for then: few acts need one, and every page has this.
 */
export function IdentityProofDialog({
  children,
  findWays,
  ...proof
}: Omit<IdentityProofWays, "ways"> & { findWays: FormAction; children: ReactNode }) {
  const [waiting, setWaiting] = useState<{ onProven: () => void; ways: Ways }>();
  // An action is another one whenever the page behind is shown anew; forms that wait would ask once more.
  const latest = useRef(findWays);
  useEffect(() => {
    latest.current = findWays;
  });
  const ask: AskForProof = useCallback((onProven) => {
    const open = (found: FormState) => {
      if (found.status === "ok") setWaiting({ onProven, ways: found.details as unknown as Ways });
      else toast(found.message ?? noAnswer, "danger", found);
    };
    latest.current(idle, new FormData()).then(open, () => toast(noAnswer, "danger"));
  }, []);
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
            ways={waiting.ways}
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
