"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FormAction, FormState } from "#lib/web/form-state.ts";
import type { MatrixRole } from "./matrix-data.ts";

/** Deletes a custom role, after asking by name; disabled with the reason where that is impossible. */
export function DeleteRole(props: {
  role: MatrixRole;
  action: FormAction;
  onDeleted: (answer: FormState) => void;
}) {
  const { role } = props;
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button
        variant="quiet"
        icon={<Trash2 aria-hidden className="size-4" />}
        disabledReason={role.remove.allowed ? undefined : role.remove.why}
        onClick={() => setAsking(true)}
        className="not-aria-disabled:text-high!"
      >
        Delete role
      </Button>
      {asking && (
        <Dialog title={`Delete the role ${role.label}?`} size="small" onClose={close}>
          <Form action={props.action} onOk={props.onDeleted}>
            <input type="hidden" name="role" value={role.key} />
            <input type="hidden" name="version" value={role.version} />
            <p className="text-sm text-soft">
              The role <span className="font-mono text-ink">{role.key}</span> and its permissions are removed
              for good.
            </p>
            <div className="flex flex-wrap justify-end gap-2">
              <Button data-autofocus onClick={close}>
                Cancel
              </Button>
              <SubmitButton danger>Delete role</SubmitButton>
            </div>
          </Form>
        </Dialog>
      )}
    </>
  );
}
