"use client";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import type { FormAction } from "#lib/web/form-state.ts";

/** Asks by name before a custom role is deleted. It stands beside the editor, which goes together with its role. */
export function DeleteRole(props: {
  role: MatrixRole;
  action: FormAction;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const { role } = props;
  return (
    <Dialog title={`Delete the role ${role.label}?`} size="small" onClose={props.onClose}>
      <Form action={props.action} onOk={props.onDeleted}>
        <input type="hidden" name="role" value={role.key} />
        <input type="hidden" name="version" value={role.version} />
        <p className="text-sm text-soft">
          The role <span className="font-mono text-ink">{role.key}</span> and its permissions are removed for
          good.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button data-autofocus onClick={props.onClose}>
            Cancel
          </Button>
          <SubmitButton danger>Delete role</SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
