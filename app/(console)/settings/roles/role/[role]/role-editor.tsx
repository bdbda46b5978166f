"use client";
import { Form } from "#components/form/form.tsx";
import { LeaveGuard } from "#components/ui/leave-guard.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RoleDetails } from "#lib/roles/index.ts";
import type { FormAction } from "#lib/web/form-state.ts";
import { ApiSection } from "./api-section.tsx";
import { BasesSection } from "./bases-section.tsx";
import { HoursSection } from "./hours-section.tsx";
import { ManagedSection } from "./managed-section.tsx";
import { PermissionsSection } from "./permissions-section.tsx";
import { inWords } from "./role-draft.ts";
import { SaveBar } from "./save-bar.tsx";
import { useRoleDraft } from "./use-role-draft.ts";

/** What has the focus never lies behind the bar at the bottom. */
const clearOfBar =
  "[&_button]:scroll-mb-40 [&_input]:scroll-mb-40 [&_select]:scroll-mb-40 [&_textarea]:scroll-mb-40";

/** All of one role as a draft with one Save. */
export function RoleEditor({ role, action }: { role: RoleDetails; action: FormAction }) {
  const draft = useRoleDraft(role);
  const parts = [
    ["permissions", "Permissions"],
    ["bases", "Inherits from"],
    ...draft.managed.map(({ key, label }) => [`managed-${key}`, label]),
    ["hours", "Hours"],
    ["api", "API access"],
  ];
  return (
    <Form
      action={action}
      onSend={draft.send}
      onOk={draft.settle}
      aria-label={`Role ${role.label}`}
      className={`gap-8! ${clearOfBar}`}
    >
      {!role.edit.allowed && <Notice kind="info">{role.edit.why}</Notice>}
      <nav aria-label="Parts of the role">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {parts.map(([id, label]) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="inline-block py-0.5 text-accent underline-offset-2 hover:underline"
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <PermissionsSection draft={draft} />
      <BasesSection draft={draft} />
      {draft.managed.map((attribute) => (
        <ManagedSection key={attribute.key} draft={draft} attribute={attribute} />
      ))}
      <HoursSection draft={draft} />
      <ApiSection draft={draft} />
      {draft.editable && <SaveBar draft={draft} />}
      <LeaveGuard
        unsaved={
          draft.changed ? `${inWords(draft.changes, role.grants).join(", ")}, not saved yet.` : undefined
        }
      />
    </Form>
  );
}
