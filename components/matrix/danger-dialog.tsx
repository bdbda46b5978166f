"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { count } from "./cell-words.ts";

/** Names the dangerous permissions that are about to be given, and to how many people. */
export function DangerDialog(props: {
  role: MatrixRole;
  permissions: readonly MatrixPermission[];
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { role, permissions } = props;
  return (
    <Dialog
      title={`Give ${count(permissions.length, "dangerous permission", "dangerous permissions")} to ${role.label}?`}
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button data-autofocus onClick={props.onClose}>
            Cancel
          </Button>
          <Button variant="danger" onClick={props.onConfirm}>
            Save anyway
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm text-soft">
        <ul className="space-y-2">
          {permissions.map((permission) => (
            <li key={permission.key}>
              <span className="font-semibold text-ink">{permission.label}</span>
              <span className="block">{permission.description}</span>
            </li>
          ))}
        </ul>
        <p>
          {role.people === 0
            ? "Nobody holds this role yet."
            : `It takes effect at once for ${count(role.people, "person", "people")}.`}
        </p>
      </div>
    </Dialog>
  );
}
