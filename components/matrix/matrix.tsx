"use client";
import { useMemo, useRef, useState } from "react";
import { DiscardDialog } from "#components/ui/discard-dialog.tsx";
import { LeaveGuard } from "#components/ui/leave-guard.tsx";
import type { MatrixData } from "#lib/roles/matrix-data.ts";
import type { FormAction } from "#lib/web/form-state.ts";
import { changesInWords } from "./draft.ts";
import { EditBar } from "./edit-bar.tsx";
import { ExplainPopover } from "./explain-popover.tsx";
import { Legend } from "./legend.tsx";
import { LockedNotice } from "./locked-notice.tsx";
import { MatrixTable } from "./matrix-table.tsx";
import { MatrixToolbar } from "./matrix-toolbar.tsx";
import { NothingMatches } from "./nothing-matches.tsx";
import { firstCell } from "./use-editor-focus.ts";
import { useGridFocus } from "./use-grid-focus.ts";
import { useMatrixCommands } from "./use-matrix-commands.tsx";
import { useMatrixView } from "./use-matrix-view.ts";
import { useRoleEditor } from "./use-role-editor.ts";
import { useSaveRole } from "./use-save-role.ts";

export interface MatrixProps {
  data: MatrixData;
  /** Gets `role`, `version`, `add` and `remove` (both repeated). */
  saveRole: FormAction;
}

/** The role-permission matrix, and the editor of one role at a time as a draft in its own column. */
export function Matrix({ data, saveRole }: MatrixProps) {
  const view = useMatrixView(data);
  const { roles, rows } = view;
  const [said, say] = useState("");
  const { editor, unsaved, forget, takeIn } = useRoleEditor(data, view.editKey, say);
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useGridFocus(
    scroller,
    { rows: rows.length + 1, columns: roles.length + 1 },
    firstCell(view, view.editKey),
  );
  const save = useSaveRole(saveRole);
  const commands = useMatrixCommands({ data, view, editor, scroller, focus, save, forget, takeIn, say });
  const permissions = useMemo(() => data.groups.flatMap((group) => group.permissions), [data]);

  return (
    <div className="flex flex-col gap-3">
      <MatrixToolbar view={view} roles={data.roles} />
      <LockedNotice data={data} editKey={view.editKey} />
      {rows.length === 0 ? (
        <NothingMatches view={view} />
      ) : (
        <MatrixTable
          edit={data.edit}
          roles={roles}
          rows={rows}
          single={view.single}
          editor={editor}
          unsaved={unsaved}
          scroller={scroller}
          focus={focus}
          onPress={commands.press}
          onExplain={commands.explain}
          onKeyDown={commands.onKeyDown}
        />
      )}
      {editor && (
        <EditBar
          key={editor.role.key}
          editor={editor}
          permissions={permissions}
          save={save}
          onDelete={() => view.askDelete(editor.role.key)}
          onDiscard={commands.discard}
          onKeyDown={commands.onKeyDown}
        />
      )}
      <Legend roles={roles} editing={Boolean(editor)} />
      <p role="status" className="sr-only">
        {said}
      </p>
      <ExplainPopover explained={commands.explained} onClose={commands.closeExplained} />
      {editor && commands.leaving && (
        <DiscardDialog
          title={`Discard the changes to ${editor.role.label}?`}
          onDiscard={commands.discard}
          onClose={commands.stay}
        >
          {changesInWords(editor.draft)}, not saved yet.
        </DiscardDialog>
      )}
      <LeaveGuard unsaved={unsavedWords(unsaved.length)} />
    </div>
  );
}

const unsavedWords = (roles: number): string | undefined =>
  roles > 0 ? `Changes to ${roles === 1 ? "a role" : `${roles} roles`} are not saved yet.` : undefined;
