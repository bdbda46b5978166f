"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { changesInWords } from "./draft.ts";
import type { RoleEditor } from "./use-role-editor.ts";

/** Asks before Esc throws changes away. */
export function LeaveDialog(props: { editor: RoleEditor; onDiscard: () => void; onClose: () => void }) {
  const { role, draft } = props.editor;
  return (
    <Dialog
      title={`Discard the changes to ${role.label}?`}
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button data-autofocus onClick={props.onClose}>
            Keep editing
          </Button>
          <Button variant="danger" onClick={props.onDiscard}>
            Discard changes
          </Button>
        </>
      }
    >
      <p className="text-sm text-soft">{changesInWords(draft)}, not saved yet.</p>
    </Dialog>
  );
}
