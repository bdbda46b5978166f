"use client";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { MatrixPermission } from "#lib/roles/matrix-data.ts";
import { DangerDialog } from "./danger-dialog.tsx";
import { isChanged } from "./draft.ts";
import type { RoleEditor } from "./use-role-editor.ts";
import type { SaveRole } from "./use-save-role.ts";

/** Sends the draft: `role`, `version`, `add` and `remove`. Dangerous additions are asked about first, and sent as `confirmed`. */
export function SaveRoleForm(props: {
  editor: RoleEditor;
  save: SaveRole;
  dangerous: MatrixPermission[];
  children: ReactNode;
}) {
  const { save, dangerous } = props;
  const { draft, role } = props.editor;
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  function sendNow(confirmed: readonly MatrixPermission[]) {
    setAsking(false);
    if (!form.current) return;
    const data = new FormData(form.current);
    for (const { key } of confirmed) data.append("confirmed", key);
    save.send(role.key, data);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (save.pending || !isChanged(draft)) return;
    if (dangerous.length > 0) setAsking(true);
    else sendNow([]);
  }

  return (
    <>
      <form
        ref={form}
        action={save.action}
        onSubmit={submit}
        className="flex grow items-center justify-end gap-2"
      >
        <input type="hidden" name="role" value={role.key} />
        <input type="hidden" name="version" value={draft.version} />
        {[...draft.added].map((key) => (
          <input key={key} type="hidden" name="add" value={key} />
        ))}
        {[...draft.removed].map((key) => (
          <input key={key} type="hidden" name="remove" value={key} />
        ))}
        {props.children}
        <Button
          type="submit"
          variant="primary"
          pending={save.pending !== undefined}
          disabledReason={isChanged(draft) ? undefined : "Nothing is changed yet."}
        >
          Save
        </Button>
      </form>
      {asking && (
        <DangerDialog
          role={role}
          permissions={dangerous}
          onConfirm={() => sendNow(dangerous)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
