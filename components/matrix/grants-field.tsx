"use client";
import { useEffect, useMemo, useState } from "react";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { FieldError } from "#components/form/field-error.tsx";
import { listOf, useField } from "#components/form/use-field.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { MatrixGroup } from "#lib/roles/matrix-data.ts";
import { applyTemplate, draftOver, setOwn, toggle } from "./draft.ts";
import { draftCells } from "./draft-cells.ts";
import { GrantsGroup } from "./grants-group.tsx";
import { type RoleTemplate, TemplateButtons } from "./template-buttons.tsx";

const newRole = { superuser: false, cells: {} };

/** The permissions of a role to be: templates, then boxes by group; sent as `grants`. */
export function GrantsField(props: {
  groups: readonly MatrixGroup[];
  templates: readonly RoleTemplate[];
  onCount: (selected: number) => void;
}) {
  const { groups, templates, onCount } = props;
  const field = useField({ name: "grants" });
  const permissions = useMemo(() => groups.flatMap((group) => group.permissions), [groups]);
  const [draft, setDraft] = useState(() => setOwn(draftOver("", 0, []), listOf(field.sent, []), true));
  const cells = useMemo(() => draftCells(newRole, draft, permissions), [draft, permissions]);
  const selected = Object.keys(cells).length;
  useEffect(() => onCount(selected), [onCount, selected]);
  const dangerous = permissions.filter(({ key, dangerous }) => dangerous && cells[key]);

  return (
    <section aria-label="Permissions" className="flex flex-col gap-3">
      <TemplateButtons
        templates={templates}
        permissions={permissions}
        draft={draft}
        onApply={(template) => setDraft(applyTemplate(draft, template, permissions))}
      />
      <FieldError id={field.errorId} errors={field.errors} />
      <div className="gap-3 sm:columns-2">
        {groups.map((group) => (
          <GrantsGroup
            key={group.key}
            group={group}
            cells={cells}
            onToggle={(key) => setDraft((now) => toggle(now, key))}
            onAll={(keys, on) => setDraft((now) => setOwn(now, keys, on))}
          />
        ))}
      </div>
      {dangerous.length > 0 && (
        <Notice kind="warning" title="Dangerous">
          <CheckboxGroupField
            name="confirmed"
            label="Confirm that you mean it"
            options={dangerous.map(({ key, label, description }) => ({
              value: key,
              label: `Yes, give this role ${label}`,
              description,
            }))}
          />
        </Notice>
      )}
    </section>
  );
}
