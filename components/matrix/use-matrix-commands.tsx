"use client";
import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from "react";
import type { MatrixData, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { CellReason } from "./cell-reason.tsx";
import type { Conflict } from "./conflict.ts";
import { changeOf, isChanged } from "./draft.ts";
import { groupToggle, whyFixed } from "./draft-cells.ts";
import type { Explained } from "./explain-popover.tsx";
import type { Position } from "./grid-navigation.ts";
import type { MatrixRow } from "./matrix-rows.ts";
import { lockOf } from "./role-lock.ts";
import { useEditorFocus } from "./use-editor-focus.ts";
import type { GridFocus } from "./use-grid-focus.ts";
import type { MatrixView } from "./use-matrix-view.ts";
import type { RoleEditor } from "./use-role-editor.ts";
import { type SaveRole, useSaveAnswer } from "./use-save-role.ts";

/** What presses and keys in the matrix do. */
export function useMatrixCommands(matrix: {
  data: MatrixData;
  view: MatrixView;
  editor: RoleEditor | undefined;
  scroller: RefObject<HTMLElement | null>;
  focus: GridFocus;
  save: SaveRole;
  forget: (role: string) => void;
  takeIn: (role: string, conflict: Conflict) => void;
  say: (words: string) => void;
}) {
  const { data, view, editor, save, say } = matrix;
  const [explained, setExplained] = useState<Explained>();
  const [leaving, setLeaving] = useState(false);
  const isPending = save.pending !== undefined && save.pending === editor?.role.key;
  const expectFocus = useEditorFocus(matrix.scroller, editor?.role.key, matrix.focus, view);

  function goToEditor(key: string | null) {
    expectFocus();
    setLeaving(false);
    view.setEditKey(key);
  }

  function leave(role: string, words: string) {
    matrix.forget(role);
    if (role === editor?.role.key) goToEditor(null);
    say(words);
  }

  useSaveAnswer(save, {
    onConflict: matrix.takeIn,
    onSaved: (role) => leave(role, ""),
  });

  /** Esc and the cross: asks when something would be lost. */
  function tryToLeave() {
    if (!editor || isPending) return;
    if (isChanged(editor.draft)) setLeaving(true);
    else goToEditor(null);
  }

  function explain({ row, column }: Position, element: HTMLElement) {
    const entry = view.rows[row - 1];
    const role = view.roles[column - 1];
    if (entry?.kind !== "permission" || !role) return;
    const { permission } = entry;
    const edited = editor?.role.key === role.key ? editor : undefined;
    const cell = (edited?.cells ?? role.cells)[permission.key];
    setExplained({
      element,
      title: permission.label,
      content: (
        <CellReason
          role={role}
          permission={permission}
          cell={cell}
          fixed={edited && whyFixed(permission, cell)}
          unsaved={Boolean(edited && changeOf(edited.draft, permission.key))}
        />
      ),
    });
  }

  function pressHeader(role: MatrixRole, element: HTMLElement, event: MouseEvent) {
    const lock = lockOf(role, data.edit);
    if (lock) setExplained({ element, title: `${role.label} cannot be edited here`, content: <p>{lock}</p> });
    else if (role.key === editor?.role.key) tryToLeave();
    // Another tab or window is the browser's business.
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      goToEditor(role.key);
    }
  }

  function pressGroup(open: RoleEditor, { group, shown }: Extract<MatrixRow, { kind: "group" }>) {
    const { on, off } = groupToggle(shown, open.cells);
    if (on.length > 0) open.setAll(on, true, `${group.label} granted to ${open.role.label}`);
    else if (off.length > 0) open.setAll(off, false, `${group.label} taken from ${open.role.label}`);
  }

  function pressBox(open: RoleEditor, permission: MatrixPermission): boolean {
    if (whyFixed(permission, open.cells[permission.key])) return false;
    open.toggle(permission);
    return true;
  }

  function press(position: Position, element: HTMLElement, event: MouseEvent) {
    const role = view.roles[position.column - 1];
    const entry = view.rows[position.row - 1];
    if (!role) return;
    if (!entry) return pressHeader(role, element, event);
    const edited = editor?.role.key === role.key ? editor : undefined;
    if (edited && isPending) return;
    if (entry.kind === "group") return edited && pressGroup(edited, entry);
    if (!edited || !pressBox(edited, entry.permission)) explain(position, element);
  }

  return {
    press,
    explain,
    explained,
    closeExplained: () => setExplained(undefined),
    leaving: leaving && Boolean(editor),
    stay: () => setLeaving(false),
    discard: () => {
      if (editor && !isPending) leave(editor.role.key, isChanged(editor.draft) ? "Changes discarded" : "");
    },
    onKeyDown: (event: KeyboardEvent) => {
      const inDialog = (event.target as Element).closest("dialog, [role=dialog]");
      if (event.key !== "Escape" || !editor || inDialog) return;
      event.preventDefault();
      tryToLeave();
    },
  };
}
