"use client";
import { Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { MatrixPermission } from "#lib/roles/matrix-data.ts";
import { count } from "./cell-words.ts";
import { changesInWords, isChanged } from "./draft.ts";
import { OthersChange } from "./others-change.tsx";
import { SaveRoleForm } from "./save-role-form.tsx";
import type { RoleEditor } from "./use-role-editor.ts";
import { problemOf, type SaveRole } from "./use-save-role.ts";

export interface EditBarProps {
  editor: RoleEditor;
  permissions: readonly MatrixPermission[];
  save: SaveRole;
  onDelete: () => void;
  onDiscard: () => void;
  /** Esc, anywhere in the bar. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What is about to be saved, for whom, and the ways out. */
export function EditBar(props: EditBarProps) {
  const { editor, permissions, save } = props;
  const { role, draft, cells, held, news } = editor;
  const problem = problemOf(save, role.key);
  const labelOf = (key: string) => permissions.find((permission) => permission.key === key)?.label ?? key;
  const dangerous = permissions.filter(({ key, dangerous }) => dangerous && cells[key] && !role.cells[key]);
  const changed = isChanged(draft);
  return (
    <section
      aria-label={`Editing ${role.label}`}
      onKeyDown={props.onKeyDown}
      data-outline
      className="sticky bottom-2 z-30 animate-rise rounded-xl bg-raised px-4 py-3 shadow-float"
    >
      {news && <OthersChange news={news} changed={changed} labelOf={labelOf} />}
      {problem && (
        <Notice kind="danger" role="alert" reason={save.answer.state.reason} className="mb-3">
          {problem}
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-semibold">{role.label}</span>
            <span className="text-soft tabular-nums">
              {held}/{role.total} permissions
            </span>
          </p>
          <p className="text-xs text-soft tabular-nums">
            {changesInWords(draft)}
            {changed && ` · ${count(role.people, "person", "people")} affected`}
          </p>
        </div>
        <div className="flex grow flex-wrap items-center justify-between gap-2 sm:grow-0 sm:gap-4">
          <Link
            href={`/settings/roles/role/${encodeURIComponent(role.key)}`}
            className="py-1 text-sm text-accent underline"
          >
            Limits, hours, base roles
          </Link>
          {!role.builtIn && (
            <Button
              variant="quiet"
              icon={<Trash2 aria-hidden className="size-4" />}
              disabledReason={role.remove.allowed ? undefined : role.remove.why}
              onClick={props.onDelete}
              className="not-aria-disabled:text-high!"
            >
              Delete role
            </Button>
          )}
          <SaveRoleForm editor={editor} save={save} dangerous={dangerous}>
            <Button onClick={props.onDiscard}>{changed ? "Discard" : "Close"}</Button>
          </SaveRoleForm>
        </div>
      </div>
    </section>
  );
}
