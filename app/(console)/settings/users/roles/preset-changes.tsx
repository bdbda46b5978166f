import { RoleChip } from "#components/ui/role-chip.tsx";
import type { PresetPreview } from "#lib/users/index.ts";

/** What a preset adds, takes and keeps, in roles and in permissions. */
export function PresetChanges({ preview }: { preview: PresetPreview }) {
  const { preset, added, removed, kept, gained, lost, dangerous, why } = preview;
  return (
    <div className="flex flex-col gap-3 text-sm">
      {preset.description && <p className="text-soft">{preset.description}</p>}
      <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-2">
        <Roles term="Added" roles={added} />
        <Roles term="Removed" roles={removed} />
        <Roles term="Kept" roles={kept} />
        <dt className="text-mute">Rights</dt>
        <dd>
          {count(gained.length)} gained, {count(lost.length)} lost
          {dangerous.length > 0 && <span className="block">Dangerous: {dangerous.join(", ")}</span>}
        </dd>
      </dl>
      {why && <p className="font-medium">{why}</p>}
    </div>
  );
}

const count = (permissions: number): string =>
  permissions === 1 ? "1 permission" : `${permissions} permissions`;

function Roles({ term, roles }: { term: string; roles: PresetPreview["added"] }) {
  return (
    <>
      <dt className="text-mute">{term}</dt>
      <dd className="flex flex-wrap gap-1">
        {roles.length === 0 && <span className="text-mute">None</span>}
        {roles.map((role) => (
          <RoleChip key={role.key} label={role.label} dangerous={role.danger !== undefined} />
        ))}
      </dd>
    </>
  );
}
