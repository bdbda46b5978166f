"use client";
import { useState } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { RiskBadge } from "#components/ui/risk-badge.tsx";
import type { RoleDetails } from "#lib/roles/index.ts";
import { atLevel, type Level, levels } from "./access-level.ts";
import { EditorSection } from "./editor-section.tsx";
import { PermissionRow } from "./permission-row.tsx";
import type { RoleDraftState } from "./use-role-draft.ts";

type Group = RoleDetails["groups"][number];

/** Permissions by category, each with how far it reaches. */
export function PermissionsSection({ draft }: { draft: RoleDraftState }) {
  const [text, setText] = useState("");
  const { errorsOf } = useFormKnowledge();
  const errors = ["add", "remove", "limit", "confirmed"].flatMap(errorsOf);
  const wanted = text.trim().toLowerCase();
  const groups = draft.role.groups
    .map((group) => ({
      ...group,
      permissions: group.permissions.filter(({ key, label }) =>
        `${label} ${key}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter((group) => group.permissions.length > 0);
  return (
    <EditorSection
      id="permissions"
      title="Permissions"
      description="All data, or what belongs to the holder's organizations, teams, or to themselves. Limits narrow a permission further."
    >
      <FieldError id="permissions-error" errors={errors} />
      <input
        type="search"
        aria-label="Find a permission"
        placeholder="Find a permission"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        className={`${controlClass} max-w-sm!`}
      />
      {groups.map((group) => (
        <PermissionGroup key={group.key} group={group} draft={draft} />
      ))}
      {groups.length === 0 && <p className="text-sm text-mute">No permission matches.</p>}
    </EditorSection>
  );
}

function PermissionGroup({ group, draft }: { group: Group; draft: RoleDraftState }) {
  const held = group.permissions.filter(({ key }) => key in draft.grants || key in draft.role.given).length;
  return (
    <fieldset className="min-w-0 rounded-lg border border-line bg-surface">
      <legend className="sr-only">{group.label}</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-t-lg border-b border-line bg-sunken px-3 py-2">
        <span aria-hidden className="flex grow flex-wrap items-center gap-2">
          <span className="font-semibold">{group.label}</span>
          <RiskBadge risk={group.risk} />
          <span className="text-xs text-mute tabular-nums">
            {held}/{group.permissions.length}
          </span>
        </span>
        {draft.editable && <SetAll group={group} draft={draft} />}
      </div>
      <ul className="divide-y divide-line">
        {group.permissions.map((permission) => (
          <PermissionRow key={permission.key} permission={permission} draft={draft} />
        ))}
      </ul>
    </fieldset>
  );
}

/** One access level for a whole category, as far as the actor may give it. */
function SetAll({ group, draft }: { group: Group; draft: RoleDraftState }) {
  function setAll(level: Level) {
    const free = group.permissions.filter(({ key, grantable }) => grantable || key in draft.grants);
    draft.setMany(Object.fromEntries(free.map(({ key }) => [key, atLevel(draft.grants[key], level)])));
  }
  return (
    <NativeSelect
      aria-label={`Access of all in ${group.label}`}
      options={levels}
      placeholder="Set all to…"
      value=""
      onChange={(event) => event.target.value && setAll(event.target.value as Level)}
      className="w-36"
    />
  );
}
